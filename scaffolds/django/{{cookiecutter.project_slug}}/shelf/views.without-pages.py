from django.http import HttpResponse, JsonResponse

TITLE = "{{ cookiecutter.project_name }}"


def home(request):
    return HttpResponse(f"<h1>Hello from {TITLE}!</h1>")


def health(request):
    return JsonResponse({"status": "ok"})

from django.http import HttpResponse, JsonResponse


def home(request):
    return HttpResponse("<h1>Hello from {{ cookiecutter.project_name }}!</h1>")


def health(request):
    return JsonResponse({"status": "ok"})

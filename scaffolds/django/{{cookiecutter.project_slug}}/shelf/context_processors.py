def brand(request):
    """Give every template the name of the site."""
    return {"brand": "{{ cookiecutter.project_name }}"}

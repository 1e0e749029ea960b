def test_front_page_greets_with_the_project_name(client):
    assert "{{ cookiecutter.project_name }}" in client.get("/").text


def test_health_says_ok(client):
    assert client.get("/health").json == {"status": "ok"}

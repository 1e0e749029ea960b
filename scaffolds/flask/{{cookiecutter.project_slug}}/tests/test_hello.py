def test_front_page_greets_with_the_project_name(client):
    page = client.get("/", follow_redirects=True)
    assert "{{ cookiecutter.project_name }}" in page.text


def test_health_says_ok(client):
    assert client.get("/health").json == {"status": "ok"}

from fastapi.testclient import TestClient

from app.main import app

client = TestClient(app)


#: if cookiecutter.pages :#
def test_front_page_leads_to_the_books():
    response = client.get("/", follow_redirects=False)
    assert response.is_redirect
    assert response.headers["Location"] == "/books"
#: else :#
def test_front_page_greets():
    response = client.get("/")
    assert response.status_code == 200
    assert app.title in response.text
#: endif :#


def test_health_is_ok():
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


def test_docs_come_with_the_framework():
    assert client.get("/docs").status_code == 200
    assert client.get("/openapi.json").json()["info"]["title"] == app.title

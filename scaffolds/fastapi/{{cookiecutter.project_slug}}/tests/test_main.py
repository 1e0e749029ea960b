from fastapi.testclient import TestClient

from app.main import TITLE, app

client = TestClient(app)


def test_front_page_answers():
    response = client.get("/", follow_redirects=False)
    assert response.is_success or response.is_redirect


def test_health_is_ok():
    response = client.get("/health")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


def test_docs_come_with_the_framework():
    assert client.get("/docs").status_code == 200
    assert client.get("/openapi.json").json()["info"]["title"] == TITLE

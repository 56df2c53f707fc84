"""More than Dateline takes: said in a sentence, beside its field."""

import io

import pytest
from django.test import Client

from timeline.models import Article

pytestmark = pytest.mark.django_db
URL = "/desk/timeline/article/bring-in/"
FORMS = {
    "multipart": {},
    "urlencoded": {"content_type": "application/x-www-form-urlencoded"},
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_text_of_more_than_ten_and_a_half_megabytes_is_refused_beside_its_field(
    admin_client, form
):
    text = "word " * 2_200_000
    data = f"text={text}" if form else {"text": text}
    response = admin_client.post(URL, data, **form)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"text"}
    assert "10 MB are allowed" in response.content.decode()
    assert not Article.objects.exists()


def test_more_files_than_are_taken_at_once_are_refused_beside_their_field(admin_client):
    files = [io.BytesIO(b"word") for _ in range(1001)]
    response = admin_client.post(URL, {"files": files})
    assert response.status_code == 200
    assert "1000 are allowed at once" in response.context["form"].errors["files"][0]


def test_the_form_still_asks_where_a_request_comes_from(admin_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    assert client.post(URL, {"text": "Harbour opens\n2 May 2018\n\nIt opened."}).status_code == 403
    assert not Article.objects.exists()


def test_a_foreign_host_gets_a_short_page(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "could not be read" in response.content.decode()
    assert len(response.content) < 12_000

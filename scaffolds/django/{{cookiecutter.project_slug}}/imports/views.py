from django.urls import reverse
#: if cookiecutter.api_docs :#
from drf_spectacular.utils import OpenApiExample, extend_schema
#: endif :#
from rest_framework import generics
from rest_framework.exceptions import ParseError
from rest_framework.response import Response

from imports import worker
from imports.models import Import
from imports.parsers import CSVParser
from imports.serializers import ImportSerializer
#: if cookiecutter.api_docs :#

TWO_BOOKS = "title,author,isbn,year\nEmma,Jane Austen,,1815\nIliad,Homer,,\n"
#: endif :#


class ImportList(generics.GenericAPIView):
    parser_classes = [CSVParser]
    serializer_class = ImportSerializer

    #: if cookiecutter.api_docs :#
    @extend_schema(
        request={"text/csv": str},
        responses={202: ImportSerializer},
        examples=[OpenApiExample("Two books", TWO_BOOKS, media_type="text/csv")],
    )
    #: endif :#
    def post(self, request):
        if not request.data:
            raise ParseError("The file is empty.")
        job = Import.objects.create()
        worker.start(job, request.data[1:])
        return Response(
            self.get_serializer(job).data,
            status=202,
            headers={"Location": reverse("api-import-detail", args=[job.pk])},
        )


class ImportDetail(generics.RetrieveAPIView):
    queryset = Import.objects.all()
    serializer_class = ImportSerializer

    def get_object(self):
        under_way = self.kwargs["pk"] in worker.under_way  # first: it may end now
        job = super().get_object()
        if not under_way:
            job.close()
        return job

from django.urls import reverse
from rest_framework import generics
from rest_framework.exceptions import ParseError
from rest_framework.response import Response

from imports.files import CsvParser
from imports.models import Import
from imports.serializers import ImportSerializer
from imports.worker import start


class ImportList(generics.GenericAPIView):
    parser_classes = (CsvParser,)
    serializer_class = ImportSerializer

    def post(self, request):
        if not request.body:
            raise ParseError("The file is empty.")
        lines = request.data
        job = Import.objects.create()
        start(job, lines)
        address = reverse("import-detail", args=[job.pk])
        data = self.get_serializer(job).data
        return Response(data, status=202, headers={"Location": address})


class ImportDetail(generics.RetrieveAPIView):
    queryset = Import.objects.all()
    serializer_class = ImportSerializer

from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from shelf.api.serializers import PageQuerySerializer


class Pagination(BasePagination):
    """Cut a list by `limit` and `offset`, and refuse wrong numbers.

    REST framework's own LimitOffsetPagination quietly uses its defaults instead.
    """

    def paginate_queryset(self, queryset, request, view=None):
        query = PageQuerySerializer(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        limit, offset = query.validated_data["limit"], query.validated_data["offset"]
        self.total = queryset.count()
        return list(queryset[offset : offset + limit])

    def get_paginated_response(self, data):
        return Response({"items": data, "total": self.total})
    #: if cookiecutter.api_docs :#

    def get_paginated_response_schema(self, schema):
        return {
            "type": "object",
            "properties": {"items": schema, "total": {"type": "integer"}},
            "required": ["items", "total"],
        }
    #: endif :#

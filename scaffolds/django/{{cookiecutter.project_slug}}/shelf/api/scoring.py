from django.apps import apps
#: if cookiecutter.api_docs :#
from drf_spectacular.utils import extend_schema
#: endif :#
from rest_framework import serializers
#: if cookiecutter.auth :#
from rest_framework.permissions import AllowAny
#: endif :#
from rest_framework.response import Response
from rest_framework.views import APIView


class TextSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=2000)


class ScoreSerializer(serializers.Serializer):
    score = serializers.FloatField(min_value=0, max_value=1)
    label = serializers.ChoiceField(["positive", "negative"])


class ScoreReview(APIView):
    #: if cookiecutter.auth :#
    # Nothing is stored, so nobody has to sign in.
    authentication_classes = []
    permission_classes = [AllowAny]

    #: endif :#
    #: if cookiecutter.api_docs :#
    @extend_schema(request=TextSerializer, responses=ScoreSerializer)
    #: endif :#
    def post(self, request):
        review = TextSerializer(data=request.data)
        review.is_valid(raise_exception=True)
        model = apps.get_app_config("shelf").sentiment
        score = model.score(review.validated_data["text"])
        label = "positive" if score >= 0.5 else "negative"
        return Response(ScoreSerializer({"score": score, "label": label}).data)

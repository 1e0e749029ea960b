from django.apps import apps
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
#: if cookiecutter.auth :#
from rest_framework.permissions import AllowAny
#: endif :#
from rest_framework.response import Response


class ScoreSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=2000, write_only=True)
    score = serializers.FloatField(read_only=True)
    label = serializers.ChoiceField(["positive", "negative"], read_only=True)


class ScoreReview(GenericAPIView):
    serializer_class = ScoreSerializer
    #: if cookiecutter.auth :#
    # Nothing is stored, so nobody has to sign in.
    authentication_classes = []
    permission_classes = [AllowAny]
    #: endif :#

    def post(self, request):
        review = self.get_serializer(data=request.data)
        review.is_valid(raise_exception=True)
        model = apps.get_app_config("shelf").sentiment
        score = model.score(review.validated_data["text"])
        label = "positive" if score >= 0.5 else "negative"
        return Response({"score": score, "label": label})

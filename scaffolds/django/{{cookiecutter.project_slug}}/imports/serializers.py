from rest_framework import serializers

from imports.models import Import


class LineErrorSerializer(serializers.Serializer):
    line = serializers.IntegerField()
    msg = serializers.CharField()


class ImportSerializer(serializers.ModelSerializer):
    errors = LineErrorSerializer(many=True, read_only=True)

    class Meta:
        model = Import
        fields = ["id", "status", "created", "skipped", "errors"]
        read_only_fields = fields

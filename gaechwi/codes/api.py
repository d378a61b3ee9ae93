from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from gaechwi.api.serializers import StrictSerializer, Text, validated
from gaechwi.codes.models import Code


class CodeQuery(StrictSerializer):
    """Which codes are asked for."""

    division = Text(required=False, allow_blank=True, max_length=50)


class CodeSerializer(serializers.Serializer[Any]):
    """One entry of the code table."""

    code_id = serializers.IntegerField()
    division = serializers.CharField()
    detail_id = serializers.CharField()
    code_detail = serializers.CharField()
    order = serializers.IntegerField()


class CodeList(APIView):
    """The code table."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="codes_list", parameters=[CodeQuery], responses=CodeSerializer(many=True)
    )
    def get(self, request: Request) -> Response:
        """List the codes of a division, or all, in the order staff gave them."""
        query = validated(CodeQuery, request.query_params)
        codes = Code.objects.as_list(query.get("division") or None)
        return Response(CodeSerializer(codes, many=True).data)

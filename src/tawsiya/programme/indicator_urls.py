"""Addresses of indicators and of the desk of values."""

from django.urls import path

from tawsiya.core.tables import twins
from tawsiya.programme.views import indicator_values, indicators, value_files, value_requests

urlpatterns = [
    *twins("indicators/", indicators.indicator_list, "indicators"),
    path("indicators/add/", indicators.add, name="indicator-add"),
    path("indicators/values.sdmx.csv", indicator_values.sdmx_all, name="indicators-sdmx"),
    path("indicators/values/upload/", value_files.upload, name="values-upload"),
    path("indicators/values/preview/", value_files.preview, name="values-preview"),
    path("indicators/values/<int:pk>/correct/", indicator_values.correct, name="value-correct"),
    path("indicators/breaks/<int:pk>/withdraw/", indicator_values.remove_break, name="break-withdraw"),
    *twins("indicators/requests/", value_requests.desk, "value-requests"),
    path(
        "indicators/requests/<int:pk>/decline/",
        value_requests.close,
        {"state": "declined"},
        name="value-request-decline",
    ),
    path(
        "indicators/requests/<int:pk>/withdraw/",
        value_requests.close,
        {"state": "withdrawn"},
        name="value-request-withdraw",
    ),
    path("indicators/<int:pk>/", indicators.show, name="indicator"),
    path("indicators/<int:pk>/edit/", indicators.edit, name="indicator-edit"),
    path("indicators/<int:pk>/use/", indicators.set_state, {"state": "in_use"}, name="indicator-use"),
    path(
        "indicators/<int:pk>/not-applicable/",
        indicators.set_state,
        {"state": "not_applicable"},
        name="indicator-not-applicable",
    ),
    path("indicators/<int:pk>/retire/", indicators.set_state, {"state": "retired"}, name="indicator-retire"),
    path("indicators/<int:pk>/chart.svg", indicators.chart_file, {"form": "svg"}, name="indicator-svg"),
    path("indicators/<int:pk>/chart.png", indicators.chart_file, {"form": "png"}, name="indicator-png"),
    path("indicators/<int:pk>/values.sdmx.csv", indicator_values.sdmx_file, name="indicator-sdmx"),
    path("indicators/<int:pk>/values.xlsx", indicator_values.workbook_file, name="indicator-workbook"),
    *twins("indicators/<int:pk>/values/", indicator_values.value_list, "indicator-values"),
    path("indicators/<int:pk>/record/", indicator_values.record, name="value-record"),
    path("indicators/<int:pk>/break/", indicator_values.add_break, name="break-add"),
    path("indicators/<int:pk>/ask/", value_requests.ask, name="values-ask"),
]

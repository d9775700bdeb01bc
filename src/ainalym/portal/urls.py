"""Addresses. Everything that people read stands under its language: /kk/, /kk-latn/, /ru/, /en/."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path
from wagtail.admin import urls as cms_urls
from wagtail.documents import urls as document_urls

from . import faults
from .api.service import api
from .views import (
    account,
    changes,
    check,
    commitments,
    crawlers,
    data,
    dossier,
    explorer,
    feeds,
    findings,
    health,
    home,
    partners,
    quality,
    reports,
    review,
    search,
    sites,
    targets,
    tokens,
    translations,
    users,
)

urlpatterns = [
    path("", home.choose_language, name="root"),
    path("healthz", health.health, name="health"),
    path("accounts/login/", account.to_sign_in, name="to_sign_in"),
    # Wagtail's own way in knows no second factor.
    path("cms/login/", account.to_sign_in),
    path("api/v1/", api.urls),
    path("data/catalog.jsonld", crawlers.catalogue, name="catalogue"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": crawlers.SITEMAPS, "sitemap_url_name": "sitemap_part"}, "sitemap"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": crawlers.SITEMAPS}, "sitemap_part"),
    path("cms/jsi18n/", sites.list_script_texts, name="cms_texts"),
    path("cms/", include(cms_urls)),
    path("documents/", include(document_urls)),
    path("media/images/<path:path>", sites.serve_image, name="image"),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("data/", data.data, name="data"),
        path("feeds/reports.atom", feeds.reports, name="feed_reports"),
        path("feeds/contradictions.atom", feeds.clashes, name="feed_clashes"),
        path("partners/", partners.partners, name="partners"),
        path("check/", check.check, name="check"),
        path("findings/", findings.findings, name="findings"),
        path("search/", search.search, name="search"),
        path("reports/", reports.reports, name="reports"),
        re_path(r"^reports/(?P<name>[0-9a-f]{32})/$", reports.report, name="report"),
        path("partners/<str:home>/<str:other>/", dossier.dossier, name="dossier"),
        path("partners/<str:home>/<str:other>/dossier.pdf", dossier.dossier_pdf, name="dossier_pdf"),
        path("explorer/", explorer.explorer, name="explorer"),
        path("explorer/download", explorer.download, name="explorer_download"),
        path("targets/", targets.targets, name="targets"),
        path("review/", review.queue, name="review"),
        path("review/<int:pk>/", review.review, name="review_claim"),
        path("review/<int:pk>/decision/", review.decision, name="decision"),
        path("claims/<int:pk>/", review.claim, name="claim"),
        path("commitments/<int:pk>/", commitments.commitment, name="commitment"),
        path("commitments/<int:pk>/status/", commitments.move_on, name="move_commitment"),
        path("quality/", quality.quality, name="quality"),
        path("quality/gold.jsonl", quality.gold, name="gold"),
        path("changes/", changes.changes, name="changes"),
        path("users/", users.users, name="users"),
        path("users/<int:pk>/", users.user, name="user"),
        path("account/", account.account, name="account"),
        path("account/tokens/", tokens.tokens, name="tokens"),
        path("account/tokens/<str:prefix>/revoke/", tokens.revoke, name="revoke_token"),
        path("account/", include("ainalym.portal.account_urls")),
        path("translations/", translations.translations, name="translations"),
        path("translations/<int:pk>/latin/", translations.write_latin, name="write_latin"),
        # What people wrote comes after the pages of data.
        re_path(
            r"^(?!(?:accounts|api|cms|documents|media|static)/)((?:[\w-]+/)*)$", sites.serve_page, name="wagtail_serve"
        ),
    ),
]

handler400, handler403, handler404, handler500 = faults.bad_request, faults.forbidden, faults.not_found, faults.failed

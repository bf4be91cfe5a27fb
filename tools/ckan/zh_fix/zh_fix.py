"""Lets CKAN's pages work in Chinese (github.com/ckan/ckan, issue 9473).

CKAN writes ``<html lang="zh-Hans-CN">``; its script then asks for the translations of ``zh_Hans-CN``, which is no
locale of CKAN's, gets 400, and starts no module: table previews stay blank. Both spellings lead to the real one.
"""

from ckan.plugins import SingletonPlugin, implements
from ckan.plugins.interfaces import IBlueprint
from flask import Blueprint, redirect

translations = Blueprint("zh_fix", __name__)


@translations.route("/api/i18n/zh_Hans-CN")
@translations.route("/api/i18n/zh-Hans-CN")
def zh_hans_cn():
    """To the translations that were meant."""
    return redirect("/api/i18n/zh_Hans_CN")


class ZhFix(SingletonPlugin):
    """Adds the two addresses."""

    implements(IBlueprint)

    def get_blueprint(self):
        """The two addresses."""
        return translations

"""The command ``publish-ckan``. Exit 0: the portal has the release; 1: it has not, or not all of it; 2: wrong usage."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

OK, NOT_OK, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
TOKEN = "CKAN_API_TOKEN"  # the name of the variable, not a secret
_DATA, _DIST = Path("data/processed"), Path("dist")
_NAME = re.compile(r"[a-z0-9_-]{2,100}")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_ABOUT = f"""把一版数据发布到 CKAN 门户：文件、可查询的数据表、中文数据字典、预览；再运行一次不会改变任何东西。
A release onto a CKAN portal: files, tables to query, the dictionary in Chinese, previews. A second run changes nothing.

令牌从环境变量 {TOKEN} 读取 / the token is read from the environment."""
_EXAMPLES = f"""例 examples:
  make publish
  export {TOKEN}=...
  yusuan publish-ckan --url https://data.example.org --org finance-bureau
  yusuan publish-ckan --url https://data.example.org --org finance-bureau --dist dist/0.1.0-d011fda59 --private

退出码 exit codes: 0 已发布 published; 1 未发布或未全部发布 not, or not all; 2 用法错误 wrong usage"""


def add_parsers(subparsers: Any) -> None:
    """Adds ``publish-ckan`` to argparse's sub-commands."""
    about = "一版数据发布到 CKAN 门户 / a release onto a CKAN portal"
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "publish-ckan",
        help=about,
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=run)
    parser.add_argument("--url", metavar="URL", type=_address, required=True, help="门户的地址 / the portal's address")
    parser.add_argument(
        "--org", metavar="NAME", type=_name, required=True, help="机构，没有则建立 / organisation, made if missing"
    )
    parser.add_argument("--org-title", metavar="TEXT", default="", help="新建机构的名称 / title of one that is made")
    parser.add_argument(
        "--dataset", metavar="NAME", type=_name, default="yusuan", help="数据集 / dataset (default: yusuan)"
    )
    parser.add_argument("--private", action="store_true", help="新数据集先不公开 / a new dataset stays private")
    _folder(parser, "--data", "发布数据 / the published dataset", _DATA)
    _folder(parser, "--dist", "各版所在，或其中一版 / where releases stand, or one of them", _DIST)


def run(asked: argparse.Namespace) -> int:
    """Publishes; returns the exit code."""
    from pipeline.portal.ckan import PortalError  # noqa: PLC0415  (requests, pyarrow: only when it is used)
    from pipeline.release.facts import NotPublishedError  # noqa: PLC0415

    token = os.environ.get(TOKEN, "").strip()
    if not token:
        return _complain(f"请先设置环境变量 {TOKEN}（在门户的用户页新建）/ set it first: a token of yours", WRONG_USAGE)
    _mind_the_token(asked.url)
    try:
        return _publish(asked, token)
    except NotPublishedError as error:
        return _complain(error, WRONG_USAGE)
    except PortalError as error:
        return _complain(error, NOT_OK)
    except KeyboardInterrupt:
        return _complain("已中断，重新运行会接着做 / interrupted: run it again, it goes on from there", INTERRUPTED)


def _publish(asked: argparse.Namespace, token: str) -> int:
    from pipeline.portal.ckan import Portal  # noqa: PLC0415
    from pipeline.portal.plan import find_release, plan_of  # noqa: PLC0415
    from pipeline.portal.publish import Target, publish  # noqa: PLC0415

    plan = plan_of(find_release(asked.data, asked.dist))
    target = Target(asked.org, asked.dataset, asked.org_title, asked.private)
    with Portal(asked.url, token) as portal:
        work = publish(portal, plan, target, say=lambda step: print(step, file=sys.stderr, flush=True))
    for warning in work.warnings:
        print(f"! {warning}", file=sys.stderr)
    counts = ", ".join(f"{kind} {count}" for kind, count in work.done.items())
    state = f"完成 done: {counts}" if work.done else "没有变化 nothing changed"
    print(f"{work.address}: {plan.version}: {state}")
    return OK


def _complain(what: object, code: int) -> int:
    print(f"yusuan: {what}", file=sys.stderr)
    return code


def _mind_the_token(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        print("! http 不加密，令牌可能被窃取，请用 https / the token travels unencrypted: use https", file=sys.stderr)


# --- options ---------------------------------------------------------------------------------------------------------


def _folder(parser: argparse.ArgumentParser, option: str, about: str, default: Path) -> None:
    parser.add_argument(option, metavar="DIR", type=Path, default=default, help=f"{about} (default: {default})")


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise argparse.ArgumentTypeError(f"{text}: 应为 http(s) 地址 / not an http(s) address")
    return text


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text}: 只能用 a-z 0-9 - _，至少两个 / a-z, 0-9, - and _ only, at least two")
    return text

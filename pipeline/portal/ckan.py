"""A CKAN portal, asked through ckanapi; what goes wrong is said in plain words, in Chinese and English.

Every request has a time limit and none is repeated by itself: publishing compares before it writes, so running it again
is the remedy for whatever broke.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests
from ckanapi import RemoteCKAN
from ckanapi.errors import CKANAPIError, NotAuthorized, NotFound, ServerIncompatibleError, ValidationError

from pipeline import __version__

Json = dict[str, Any]

CONNECT_SECONDS, ANSWER_SECONDS = 20, 600  # a large file is stored before the portal answers
TOO_LARGE, SERVER_ERROR = 413, 500  # HTTP
MOST_SAID = 600  # characters of an answer that are repeated in a message
_AGAIN = "已完成的部分保留，请重新运行，会从断处接着做 / what is done stays: run it again, it goes on from there"


class PortalError(Exception):
    """The portal could not be reached, refused, or answered what makes no sense. The message says what to do."""


class Portal:
    """One portal, with one token."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        self._session = requests.Session()
        self._session.hooks["response"].append(self._remember)
        self._status = 0
        agent = f"yusuan/{__version__}"
        self._remote = RemoteCKAN(self.url, apikey=token, user_agent=agent, session=self._session)

    def __enter__(self) -> Portal:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def call(self, action: str, data: Json | None = None, upload: Path | None = None) -> Any:
        """The result of an action. With ``upload`` a file goes with it, and all of ``data`` must be text.

        Raises PortalError.
        """
        with self._explained(action, upload):
            return self._send(action, data or {}, upload)

    def find(self, action: str, data: Json) -> Any:
        """The same, None when the portal has no such thing."""
        with self._explained(action):
            try:
                return self._send(action, data, None)
            except NotFound:
                return None

    def _send(self, action: str, data: Json, upload: Path | None) -> Any:
        self._status = 0
        limits = {"timeout": (CONNECT_SECONDS, ANSWER_SECONDS)}
        if upload is None:
            return self._remote.call_action(action, data, requests_kwargs=limits)
        with upload.open("rb") as file:
            files = {"upload": (upload.name, file)}
            return self._remote.call_action(action, data, files=files, requests_kwargs=limits)

    def _remember(self, response: requests.Response, *_: object, **__: object) -> None:
        self._status = response.status_code
        response.encoding = "utf-8"  # JSON's own; left to itself, requests guesses where a gateway drops the header

    @contextmanager
    def _explained(self, action: str, upload: Path | None = None) -> Iterator[None]:
        try:
            yield
        except NotAuthorized as error:
            raise PortalError(self._refused(action, error)) from error
        except ValidationError as error:
            raise PortalError(self._not_accepted(action, error, upload)) from error
        except NotFound as error:
            raise PortalError(
                f"{self.url}: {action} 所指的内容已不在门户上，请重新运行 / what it is about is gone, run again: "
                f"{_short(error)}"
            ) from error
        except (requests.exceptions.MissingSchema, requests.exceptions.InvalidURL) as error:
            raise PortalError(f"{self.url}: 不是地址 / not an address: {error}") from error
        except requests.RequestException as error:
            raise PortalError(
                f"{self.url}: 连不上或连接中断（{action}）。{_AGAIN}. 原因 reason: {_short(error)}"
            ) from error
        except (CKANAPIError, ServerIncompatibleError) as error:
            raise PortalError(self._strange(action, error, upload)) from error

    def _refused(self, action: str, error: NotAuthorized) -> str:
        return (
            f"{self.url}: 门户拒绝了 {action}：令牌权限不够，请换用该机构管理员或编辑的令牌 / the portal refused: the "
            f"token has too few rights, use one of an administrator or editor of the organisation: {_short(error)}"
        )

    def _not_accepted(self, action: str, error: ValidationError, upload: Path | None) -> str:
        if upload and "upload" in error.error_dict:
            return self._too_large(upload, error)
        told = {name: said for name, said in error.error_dict.items() if not name.startswith("__")}
        said = json.dumps(told, ensure_ascii=False)
        return f"{self.url}: 门户不接受 {action} 的内容 / the portal does not accept this: {_short(said)}"

    def _too_large(self, upload: Path, error: object) -> str:
        size = upload.stat().st_size
        return (
            f"{self.url}: 门户不收文件 {upload.name}（{size:,} 字节）；多半超过了 ckan.max_resource_size 或网关的上限，"
            f"请管理员放宽后重新运行 / the portal does not take this file ({size:,} bytes): most likely it is over "
            f"ckan.max_resource_size or the gateway's limit; have it raised, then run again: {_short(error)}"
        )

    def _strange(self, action: str, error: Exception, upload: Path | None) -> str:
        if self._status == TOO_LARGE and upload:
            return self._too_large(upload, error)
        if self._status >= SERVER_ERROR:
            return f"{self.url}: 门户出错（{action}，{self._status}）。{_AGAIN} / the portal failed: {_short(error)}"
        return (
            f"{self.url}: 此处没有 CKAN 应答，请检查 --url（{action}，{self._status}）/ no CKAN answers here, "
            f"check --url: {_short(error)}"
        )


def _short(said: object) -> str:
    text = str(said)
    return text if len(text) <= MOST_SAID else f"{text[:MOST_SAID]}…"

#!/usr/bin/env bash
# The tests on a real CKAN: brought up from nothing, stopped at the end whatever happens. Arguments go to pytest.
# Where CKAN cannot run they are skipped, and said to be; not so where CI is set.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export CKAN_HOME=${CKAN_HOME:-/var/tmp/yusuan-ckan} PYTHON=${PYTHON:-python3}

trap '"$here/ckan.sh" down' EXIT
code=0
"$here/ckan.sh" new || code=$?
if [ "$code" -eq 77 ] && [ -z "${CI:-}" ]; then
    echo '跳过：此处不能运行 CKAN / skipped: CKAN cannot run here'
    exit 0
fi
[ "$code" -eq 0 ] || exit "$code"
set -a
# shellcheck disable=SC1091
. "$CKAN_HOME/env"
set +a
"$PYTHON" -m pytest "$here/../../tests/portal/test_real_ckan.py" "$@"

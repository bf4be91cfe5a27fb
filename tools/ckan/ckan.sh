#!/usr/bin/env bash
# A real CKAN on loopback, with DataStore and xloader, from Debian's PostgreSQL and Redis: up | down | new.
#   up    bring it up (installing what is missing, as root); what it held before is still there
#   new   the same, with nothing in it
#   down  stop it; what it holds stays
# Exit 77: it cannot run here, and why is said. The only stand-in is the search index (solr_double.py).
# After `up`, $CKAN_HOME/env has CKAN_URL and CKAN_API_TOKEN (a system administrator's).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${CKAN_HOME:-/var/tmp/yusuan-ckan}       # not in the checkout: PostgreSQL's own user must reach it
port=${CKAN_PORT:-55000}                      # and the three next to it
python=${PYTHON:-python3}
pg_port=$((port + 1)) redis_port=$((port + 2)) solr_port=$((port + 3))
url=http://127.0.0.1:$port
bin=$home/venv/bin config=$home/ckan.ini logs=$home/log pids=$home/run
cannot_run=77

main() {
    case ${1:-} in
        up) up ;;
        new) down && rm -rf "$home/pg" "$home/files" "$config" "$home/solr.json" && up ;;
        down) down ;;
        *) sed -n '2,7s/^# \{0,1\}//p' "$0" && exit 2 ;;
    esac
}

up() {
    local started=$SECONDS
    if answers; then
        echo "CKAN 已在运行 is running already: $url"
        return
    fi
    mkdir -p "$home" "$logs" "$pids" "$home/files"
    packages
    chmod 755 "$home"
    environment
    trap failed EXIT
    postgres
    redis
    solr
    [ -f "$config" ] || configure
    serve
    trap - EXIT
    echo "CKAN $url ($((SECONDS - started)) s); CKAN_URL 和 and CKAN_API_TOKEN: $home/env"
}

answers() { "$python" "$here/wait_for.py" "$url/api/3/action/status_show" 0 2>/dev/null; }

failed() {
    echo "CKAN 没有起来，日志在 / did not come up, the logs are in $logs" >&2
    tail -n 20 "$logs"/*.log >&2 || true
    down
}

# --- what it is made of ----------------------------------------------------------------------------------------------

pg_bin() { find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -n 1 | xargs -r dirname; }

packages() {
    if [ -n "$(pg_bin)" ] && command -v redis-server >/dev/null && has_library magic; then return; fi
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        cannot "需要 PostgreSQL、Redis 和 libmagic，安装要有 root 和 apt-get / PostgreSQL, Redis and libmagic are needed;" \
            "installing them takes root and apt-get"
    fi
    export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 # run level 1: apt starts no services
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql redis-server libmagic1; } \
        >"$logs/apt.log" 2>&1 || cannot "apt-get 装不上 / cannot install: $(tail -n 3 "$logs/apt.log")"
}

has_library() { "$python" -c 'import sys; from ctypes.util import find_library as f; sys.exit(not f(sys.argv[1]))' "$1"; }

cannot() {
    echo "$*" >&2
    exit $cannot_run
}

environment() { # made anew when the lock changes; by hash, nothing resolved, nothing compiled
    if cmp -s "$here/requirements.txt" "$home/venv/installed.txt"; then return; fi
    rm -rf "$home/venv"
    "$python" -m venv "$home/venv"
    local pip=("$bin/python" -m pip --disable-pip-version-check --quiet install --no-deps)
    cp -R "$here/zh_fix" "$home/venv/zh_fix" # building writes beside the source
    { "${pip[@]}" --require-hashes -r "$here/requirements.txt" &&
        "${pip[@]}" --no-build-isolation "$home/venv/zh_fix"; } >"$logs/pip.log" 2>&1 ||
        cannot "pip 装不上 CKAN / pip cannot install CKAN: $(tail -n 3 "$logs/pip.log")"
    cp "$here/requirements.txt" "$home/venv/installed.txt"
}

# --- the services ----------------------------------------------------------------------------------------------------

as_postgres() { if [ "$(id -u)" -eq 0 ]; then su postgres -s /bin/bash -c "$*"; else bash -c "$*"; fi; }

sql() { "$(pg_bin)/psql" -h 127.0.0.1 -p "$pg_port" -U postgres -v ON_ERROR_STOP=1 -q "$@"; }

postgres() { # a cluster of its own, on loopback
    if [ ! -d "$home/pg" ]; then
        mkdir -m 700 "$home/pg"
        [ "$(id -u)" -ne 0 ] || chown postgres "$home/pg"
        as_postgres "$(pg_bin)/initdb -D $home/pg -U postgres -E UTF8 --locale=C.UTF-8 -A trust -N" >"$logs/initdb.log"
    fi
    local options="-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    as_postgres "$(pg_bin)/pg_ctl -w -D $home/pg -l $home/pg/server.log -o '$options' start" >"$logs/postgres.log"
}

redis() {
    background redis redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --dir "$pids"
}

solr() {
    background solr "$bin/python" "$here/solr_double.py" "$solr_port" "$home/solr.json"
}

serve() {
    background ckan "$bin/ckan" -c "$config" run --host 127.0.0.1 --port "$port" --disable-reloader
    "$python" "$here/wait_for.py" "$url/api/3/action/status_show" 90
}

background() { # NAME COMMAND...: a process of its own session, its pid and its log kept by name
    local name=$1
    shift
    setsid nohup "$@" >"$logs/$name.log" 2>&1 </dev/null &
    echo $! >"$pids/$name.pid"
}

down() {
    local name
    for name in ckan solr redis; do
        if [ -f "$pids/$name.pid" ]; then
            stop "$(cat "$pids/$name.pid")"
            rm -f "$pids/$name.pid"
        fi
    done
    if [ -f "$home/pg/postmaster.pid" ]; then
        as_postgres "$(pg_bin)/pg_ctl -D $home/pg -m fast stop" >/dev/null || true
    fi
}

stop() { # PID: the whole session, and only if it is ours: after a restart the number may be another's
    grep -aq -e "$home" -e ":$redis_port" "/proc/$1/cmdline" 2>/dev/null || return 0
    kill -- "-$1" 2>/dev/null || return 0
    for _ in {1..50}; do kill -0 "$1" 2>/dev/null && sleep 0.1 || break; done
}

# --- its configuration -----------------------------------------------------------------------------------------------

configure() { # written aside: a configuration that stands is a whole one
    local ckan="$bin/ckan -c $config.new" db=postgresql://ckan:ckan@127.0.0.1:$pg_port
    sql -c "create role ckan login password 'ckan'" -c "create role reader login password 'reader'" \
        -c "create database ckan owner ckan" -c "create database datastore owner ckan"
    "$bin/ckan" generate config "$config.new" >"$logs/config.log"
    "$bin/ckan" config-tool "$config.new" \
        "sqlalchemy.url=$db/ckan" "ckan.datastore.write_url=$db/datastore" \
        "ckan.datastore.read_url=postgresql://reader:reader@127.0.0.1:$pg_port/datastore" \
        "ckan.redis.url=redis://127.0.0.1:$redis_port/0" "solr_url=http://127.0.0.1:$solr_port/solr/ckan" \
        "ckan.site_url=$url" "ckan.site_id=yusuan" "ckan.storage_path=$home/files" \
        "ckan.plugins=activity text_view datatables_view datastore xloader zh_fix" \
        "ckan.views.default_views=datatables_view text_view" "ckan.locale_default=zh_Hans_CN" \
        "ckanext.xloader.jobs_db.uri=$db/ckan" "ckanext.xloader.api_token=none" >>"$logs/config.log"
    $ckan db init >"$logs/db.log" 2>&1
    $ckan db pending-migrations --apply >>"$logs/db.log" 2>&1
    $ckan datastore set-permissions 2>>"$logs/db.log" | sql >/dev/null
    $ckan user add admin email=admin@localhost.localdomain password=adminadmin >"$logs/user.log" 2>&1
    echo y | $ckan sysadmin add admin >>"$logs/user.log" 2>&1
    local token
    token=$($ckan user token add admin publish 2>>"$logs/user.log" | tail -n 1 | tr -d '[:space:]')
    printf 'CKAN_URL=%s\nCKAN_API_TOKEN=%s\n' "$url" "$token" >"$home/env"
    mv "$config.new" "$config"
}

main "$@"

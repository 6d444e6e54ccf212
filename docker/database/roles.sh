#!/bin/bash
# Runs once, when the database is made: the role that migrates and owns the tables, and the role
# that the application logs in with, which owns nothing and is bound by row-level security.
set -euo pipefail

psql --set ON_ERROR_STOP=1 --no-psqlrc --username postgres --dbname postgres \
    --set owner_password="$MTVP_OWNER_PASSWORD" --set app_password="$MTVP_APP_PASSWORD" <<'SQL'
CREATE ROLE mtvp_owner LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE CREATEDB
    PASSWORD :'owner_password';
CREATE ROLE mtvp_app LOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION NOCREATEROLE NOCREATEDB
    PASSWORD :'app_password';
CREATE DATABASE mtvp OWNER mtvp_owner;
SQL

psql --set ON_ERROR_STOP=1 --no-psqlrc --username postgres --dbname mtvp <<'SQL'
ALTER SCHEMA public OWNER TO mtvp_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
SQL

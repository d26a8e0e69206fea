"""What every later table stands on: the app role's rights, and the trigger that keeps facts as they are."""

from django.conf import settings

FORWARD = f"""
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {settings.APP_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {settings.APP_ROLE};
GRANT USAGE ON SCHEMA public TO {settings.APP_ROLE};
GRANT SELECT ON django_migrations TO {settings.APP_ROLE};

CREATE FUNCTION daybook_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Redaction at the end of retention and key rotation run as the owner and say so for their transaction.
    IF current_setting('daybook.redaction', true) = 'on' AND current_user = '{settings.OWNER_ROLE}' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'Rows of % are facts: they are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
"""

BACKWARD = f"""
DROP FUNCTION daybook_refuse_change();
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {settings.APP_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM {settings.APP_ROLE};
"""

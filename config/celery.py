"""Celery: the doorbell. Tables say what is to be done; tasks only say "look"; this is the one schedule."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("daybook")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="crons")

app.conf.task_routes = {
    "checkins.tasks.read_texts": {"queue": "inbound"},
    "checkins.tasks.walk_ladders": {"queue": "safety"},
    "checkins.crons.walk_ladders": {"queue": "safety"},
    "checkins.tasks.send_texts": {"queue": "send"},
    "checkins.tasks.reconcile_texts": {"queue": "status"},
    "checkins.tasks.poll_texts": {"queue": "status"},
}

QUEUES = ("inbound", "safety", "send", "status", "bulk")

# Seconds between two rings. Each cron only finds ids and fans out, and is safe to run twice.
app.conf.beat_schedule = {
    **{
        f"pulse-{queue}": {
            "task": "networks.tasks.pulse",
            "schedule": 10.0,
            "args": (queue,),
            "options": {"queue": queue, "expires": 10},
        }
        for queue in QUEUES
    },
    "plan-check-ins": {"task": "checkins.crons.plan_check_ins", "schedule": 60.0, "options": {"expires": 60}},
    "send-texts": {"task": "checkins.crons.send_texts", "schedule": 5.0, "options": {"expires": 5}},
    "read-texts": {"task": "checkins.crons.read_texts", "schedule": 10.0, "options": {"expires": 10}},
    "walk-ladders": {"task": "checkins.crons.walk_ladders", "schedule": 5.0, "options": {"expires": 5}},
    # On another queue than the one that it watches.
    "watch-danger-work": {
        "task": "checkins.crons.watch_danger_work",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "watch-lines": {"task": "checkins.crons.watch_lines", "schedule": 300.0, "options": {"expires": 300}},
    "start-weekly-drills": {
        "task": "checkins.crons.start_weekly_drills",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "reconcile-texts": {
        "task": "checkins.crons.reconcile_texts",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "poll-texts": {"task": "checkins.crons.poll_texts", "schedule": 600.0, "options": {"expires": 600}},
    "decide-touched": {"task": "billing.crons.decide_touched", "schedule": 60.0, "options": {"expires": 60}},
    "decide-all": {"task": "billing.crons.decide_all", "schedule": 3600.0, "options": {"expires": 3600}},
    "recount-all": {
        "task": "billing.crons.recount_all",
        "schedule": 86_400.0,
        "options": {"expires": 86_400},
    },
    "seal-facts": {"task": "networks.crons.seal_facts", "schedule": 60.0, "options": {"expires": 60}},
}

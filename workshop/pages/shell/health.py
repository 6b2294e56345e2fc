"""Answers health checks: alive, and ready to take commands."""
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from workshop.domain.errors import RetryLater
from workshop.house import house

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> ResponseReturnValue:
    """Answers that the process runs."""
    return jsonify(ok=True)


@pages.get("/readyz")
def ready() -> ResponseReturnValue:
    """Answers that the store works too; 503 while it does not."""
    try:
        with house().store.read() as session:
            session.execute(text("SELECT 1 FROM workshop LIMIT 1"))
    except (RetryLater, SQLAlchemyError):
        return jsonify(ok=False), 503
    return jsonify(ok=True)

"""Threads and messages for programs."""

from fastapi import APIRouter

from ssc.messaging.api import messages

routers: tuple[APIRouter, ...] = (messages.router,)

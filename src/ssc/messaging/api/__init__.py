"""Threads and messages for programs."""

from fastapi import APIRouter

from ssc.messaging.api import messages, search, threads, uploads

routers: tuple[APIRouter, ...] = (threads.router, messages.router, search.router, uploads.router, uploads.file_router)

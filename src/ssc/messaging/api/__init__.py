"""Threads and messages for programs."""

from fastapi import APIRouter

routers: tuple[APIRouter, ...] = ()

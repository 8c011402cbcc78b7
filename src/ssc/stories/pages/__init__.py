"""Pages of stories."""

from ssc.stories.pages import bench, feeds, files, people, public, questions, stages, versions

# `/stories/new` and the feeds before the story of any other name.
routers = (
    bench.router,
    feeds.router,
    stages.router,
    people.router,
    questions.router,
    versions.router,
    public.router,
    files.router,
)

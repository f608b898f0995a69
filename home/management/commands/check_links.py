from typing import Any

from django.core.management.base import BaseCommand

from home.links import check_links


class Command(BaseCommand):
    help = "Ask whether the articles of other sites that news point to still answer, and note it for the dashboard."

    def handle(self, *_args: Any, **_options: Any) -> None:
        checked = broken = 0
        for verdict in check_links():
            checked += 1
            if not verdict.works:
                broken += 1
                self.stdout.write(f"{verdict.page.source_url}: {verdict.why}")
        self.stdout.write(f"{checked} link(s) checked, {broken} broken.")

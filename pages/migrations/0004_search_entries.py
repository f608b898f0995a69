"""What the search of the public site knows, with the full-text index of each database."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The words are already stems (`pages.search.words`): no dictionary may change them again.
ON_POSTGRESQL = [
    """
    ALTER TABLE pages_searchentry
      ADD COLUMN title_vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', title_words)) STORED,
      ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', body_words), 'C')
      ) STORED
    """,
    "CREATE INDEX pages_searchentry_vector ON pages_searchentry USING gin (vector)",
]
# An index beside the table, which its triggers keep: a migration that remakes the table must make them again.
ON_SQLITE = [
    """
    CREATE VIRTUAL TABLE pages_searchentry_words USING fts5(
      title_words, body_words, content='pages_searchentry', content_rowid='id', prefix='2 3 4'
    )
    """,
    """
    CREATE TRIGGER pages_searchentry_added AFTER INSERT ON pages_searchentry BEGIN
      INSERT INTO pages_searchentry_words(rowid, title_words, body_words)
      VALUES (new.id, new.title_words, new.body_words);
    END
    """,
    """
    CREATE TRIGGER pages_searchentry_taken AFTER DELETE ON pages_searchentry BEGIN
      INSERT INTO pages_searchentry_words(pages_searchentry_words, rowid, title_words, body_words)
      VALUES ('delete', old.id, old.title_words, old.body_words);
    END
    """,
    """
    CREATE TRIGGER pages_searchentry_changed AFTER UPDATE ON pages_searchentry BEGIN
      INSERT INTO pages_searchentry_words(pages_searchentry_words, rowid, title_words, body_words)
      VALUES ('delete', old.id, old.title_words, old.body_words);
      INSERT INTO pages_searchentry_words(rowid, title_words, body_words)
      VALUES (new.id, new.title_words, new.body_words);
    END
    """,
]


def forwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in ON_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else ON_SQLITE:
        schema_editor.execute(statement)


def backwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE pages_searchentry_words")


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_cache_table"), migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL)]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("actualites", "actualités"),
                            ("guides", "guides"),
                            ("videos", "vidéos"),
                            ("reunions", "réunions d’information"),
                            ("departements", "départements"),
                            ("association", "l’association"),
                        ],
                        max_length=20,
                        verbose_name="sorte",
                    ),
                ),
                (
                    "page",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=40, verbose_name="référence")),
                ("published_on", models.DateField(verbose_name="date")),
                ("departements", models.CharField(blank=True, max_length=600, verbose_name="départements")),
                ("title", models.CharField(max_length=255, verbose_name="titre")),
                ("lead", models.TextField(blank=True, verbose_name="résumé")),
                ("text", models.TextField(blank=True, verbose_name="texte")),
                ("title_words", models.TextField(blank=True, verbose_name="mots du titre")),
                ("body_words", models.TextField(blank=True, verbose_name="mots du texte")),
            ],
            options={
                "verbose_name": "entrée de la recherche",
                "verbose_name_plural": "entrées de la recherche",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("page", None), models.Q(("key", ""), _negated=True)),
                            models.Q(("key", ""), ("page__isnull", False)),
                            _connector="OR",
                        ),
                        name="pages_search_entry_is_a_page_or_has_a_key",
                    ),
                    models.UniqueConstraint(
                        fields=["kind", "key"],
                        condition=models.Q(("key", ""), _negated=True),
                        name="pages_search_entry_is_written_once",
                    ),
                ],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]

from django.db import migrations, models

from openmuni.arabic import fold


def fold_all(apps, schema_editor):
    """Fold the neighbourhoods, and the texts anew: folding knows more letters now."""
    model = apps.get_model("proposals", "Proposal")
    rows = model.objects.only("pk", "neighbourhood", "folded")
    some = []
    for proposal in rows.iterator(chunk_size=500):
        proposal.neighbourhood_folded = fold(proposal.neighbourhood)[:80]
        proposal.folded = fold(proposal.folded)
        some.append(proposal)
    model.objects.bulk_update(some, ["neighbourhood_folded", "folded"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0006_one_adopted_version_may_follow_another"),
        ("proposals", "0005_second_signature"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="neighbourhood_folded",
            field=models.CharField(default="", editable=False, max_length=80),
        ),
        migrations.RunPython(fold_all, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                fields=["plan", "neighbourhood_folded", "submission"], name="proposal_plan_place"
            ),
        ),
    ]

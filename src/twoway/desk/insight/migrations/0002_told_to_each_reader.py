from django.db import migrations


class Migration(migrations.Migration):
    """Pages are made of reports when somebody reads them, in their language."""

    dependencies = [("insight", "0001_initial")]

    operations = [migrations.RemoveField(model_name="audit", name="page")]

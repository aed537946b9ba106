"""Mails as rows: written with what they tell, due some minutes later, so that none is lost and an undo can stop it."""

from django.db import models


class MessageState(models.TextChoices):
    """Where a message stands."""

    PENDING = "pending", "à envoyer"
    SENDING = "sending", "en cours d'envoi"
    SENT = "sent", "envoyé"
    CANCELLED = "cancelled", "annulé"
    FAILED = "failed", "refusé"


class OutgoingMessage(models.Model):
    """One mail to one person. `key` makes it unique for what it tells; `message_id` is the same at each try."""

    key = models.CharField("clé", max_length=120, unique=True)
    message_id = models.CharField("Message-ID", max_length=120, unique=True)
    kind = models.CharField("sorte", max_length=40)
    subject_ref = models.CharField("objet", max_length=80, db_index=True)
    recipient = models.EmailField("destinataire")
    subject = models.CharField("sujet", max_length=200)
    body = models.TextField("texte")
    html = models.TextField("texte mis en forme", blank=True)
    facts = models.JSONField("ce qu’il dit", default=dict, blank=True)
    state = models.CharField("état", max_length=10, choices=MessageState.choices, default=MessageState.PENDING)
    created_at = models.DateTimeField("écrit le", auto_now_add=True)
    due_at = models.DateTimeField("à envoyer à partir du")
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    error = models.CharField("erreur", max_length=280, blank=True)

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MessageState.values),
                name="message_known_state",
                violation_error_message="Cet état n'existe pas.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at=None)),
                name="message_sent_has_date",
                violation_error_message="Un message envoyé porte sa date d'envoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"

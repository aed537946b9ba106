"""Who may sign in, and in which role, for which centres, from when to when."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """The roles of the matrix of rights (`rights.toml`)."""

    COMMUNICATION = "communication", "Communication"
    WRITER = "writer", "Rédaction"
    COORDINATOR = "coordinator", "Coordination"
    LOGISTICS = "logistics", "Équipe centrale"
    FINANCE = "finance", "Finances"
    ADMINISTRATION = "administration", "Administration"
    DIRECTION = "direction", "Direction"
    PIONEER = "pioneer", "Médecin pionnier"
    DOCTOR = "doctor", "Médecin volontaire"


class UserManager(BaseUserManager):
    """Finds and makes users by e-mail, whatever its case."""

    def get_by_natural_key(self, email: str) -> "User":
        """The user of this address, whatever its case."""
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """A user who may sign in; without a password they cannot until they choose one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who may sign in, by e-mail. What they may do comes from their memberships."""

    email = models.EmailField("adresse e-mail", max_length=254, unique=True)
    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80, blank=True)
    is_active = models.BooleanField("actif", default=True)
    date_joined = models.DateTimeField("créé le", auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "utilisateur"
        verbose_name_plural = "utilisateurs"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_one_per_email",
                violation_error_message="Cette adresse e-mail a déjà un compte.",
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        """First name and name, as shown on screens; empty when neither is known."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """The first name, else the address."""
        return self.first_name or self.email

    @property
    def is_staff(self) -> bool:
        """Django asks this of users; Relais has no Django admin."""
        return False


class MembershipQuerySet(models.QuerySet):
    """Memberships as sentences."""

    def active_on(self, day: date) -> "MembershipQuerySet":
        """Those that give rights on `day`, bounds included."""
        return self.filter(start__lte=day, end__gte=day)


class Membership(models.Model):
    """A role that a person holds, for some centres, between two dates (both included; the end is mandatory)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="personne")
    role = models.CharField("rôle", max_length=20, choices=Role.choices)
    centres = models.ManyToManyField("directory.Centre", blank=True, related_name="memberships", verbose_name="centres")
    start = models.DateField("à partir du")
    end = models.DateField("jusqu'au")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "rôle d'une personne"
        verbose_name_plural = "rôles des personnes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="membership_ends_after_start",
                violation_error_message="La fin du rôle précède son début.",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values),
                name="membership_known_role",
                violation_error_message="Ce rôle n'existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} : {self.get_role_display()}"

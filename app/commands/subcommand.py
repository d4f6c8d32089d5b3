"""The base class of the subcommands."""

import click


class Subcommand(click.Command):
    """A subcommand that tells where to put a server option given after it."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Parse `args`; raises `UsageError` that shows the place of a server option."""
        try:
            return super().parse_args(context, args)
        except click.NoSuchOption as error:
            parent = context.parent
            if parent is None or error.option_name not in _options(parent.command):
                raise
            place = f"{parent.info_name} {error.option_name} ... {context.info_name}"
            message = f"{error.message} It goes before the command: {place}"
            raise click.UsageError(message, context) from error


def _options(command: click.Command) -> set[str]:
    return {name for option in command.params for name in (*option.opts, *option.secondary_opts)}

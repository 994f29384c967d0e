/** Beside the inbox, on screens that have room for it, while no conversation is open. */
export default function NoConversationRoute() {
  return (
    <p className="m-auto max-w-xs px-6 text-center text-muted-foreground">
      Choose a conversation to read it here.
    </p>
  );
}

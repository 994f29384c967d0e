import { Alert, AlertDescription, AlertTitle } from "~/components/ui/alert";
import { Button } from "~/components/ui/button";
import { Input } from "~/components/ui/input";
import { Label } from "~/components/ui/label";

/** The address that was just made: now or never. */
export function NewFeedAddress({ address }: { address: string }) {
  return (
    <Alert variant="success" className="mb-8" role="status">
      <AlertTitle>Your address is ready. Copy it now: it is shown only this once.</AlertTitle>
      <AlertDescription className="space-y-4 pt-2">
        <div className="space-y-1.5">
          <Label htmlFor="calendar-address">Private calendar address</Label>
          <Input id="calendar-address" readOnly value={address} className="font-mono text-sm" />
        </div>
        <Button asChild variant="outline" size="sm">
          <a href={address.replace(/^https?:/, "webcal:")}>Open in your calendar app</a>
        </Button>
        <p>
          Google Calendar: Other calendars, From URL. Outlook: Add calendar, Subscribe from web.
          Apple Calendar: File, New Calendar Subscription. Whoever has this address can read when
          you meet whom, so share it with nobody.
        </p>
      </AlertDescription>
    </Alert>
  );
}

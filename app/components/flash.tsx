import { useLocation } from "@remix-run/react";
import CircleAlert from "lucide-react/icons/circle-alert";
import CircleCheck from "lucide-react/icons/circle-check";
import Info from "lucide-react/icons/info";
import X from "lucide-react/icons/x";

import { cn } from "~/lib/class-names";
import type { Flash } from "~/lib/flash";

const LOOKS = {
  success: { Icon: CircleCheck, bar: "border-l-success", icon: "text-success" },
  info: { Icon: Info, bar: "border-l-primary", icon: "text-primary" },
  error: { Icon: CircleAlert, bar: "border-l-destructive", icon: "text-destructive" },
} as const;

/**
 * What was just done, under the header. It pushes the page down rather than covering it, and is
 * dismissed by a checkbox, so neither needs scripts. The live region is there before the message.
 */
export function FlashMessage({ flash }: { flash: Flash | null }) {
  // Of two messages with the same words, the second is not dismissed because the first was.
  const { key } = useLocation();
  return (
    <div role="status" className="mx-auto w-full max-w-page px-5 sm:px-8">
      {flash ? <FlashCard key={key} flash={flash} /> : null}
    </div>
  );
}

function FlashCard({ flash }: { flash: Flash }) {
  const { Icon, bar, icon } = LOOKS[flash.kind];
  return (
    <div className="group mt-5 animate-flash-in has-[:checked]:hidden">
      <div
        className={cn(
          "flex items-start gap-3 rounded-md border border-l-4 bg-card py-2 pl-4 pr-2 shadow-sm",
          bar,
        )}
      >
        <Icon aria-hidden className={cn("mt-2.5 size-5 shrink-0", icon)} />
        <div className="flex-1 py-2">
          <p className="font-semibold">{flash.title}</p>
          {flash.description ? <p className="text-muted-foreground">{flash.description}</p> : null}
        </div>
        <label className="grid size-11 cursor-pointer place-items-center rounded-md text-muted-foreground hover:bg-accent has-[:focus-visible]:outline has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-ring">
          <input type="checkbox" className="sr-only" />
          <X aria-hidden className="size-4" />
          <span className="sr-only">Dismiss this message</span>
        </label>
      </div>
    </div>
  );
}

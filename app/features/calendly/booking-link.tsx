import { buttonVariants } from "~/components/ui/button";

/**
 * The way to a coach's Calendly. public/calendly-widget.js opens it below, in the page; without
 * scripts it is a link.
 */
export function BookingLink({ href, offerTitle }: { href: string; offerTitle: string }) {
  return (
    <>
      <a
        href={href}
        data-calendly="Booked. We are sending you a mail with the link to pay for it."
        className={buttonVariants({ variant: "ghost", className: "w-full sm:w-auto" })}
      >
        Times at Calendly<span className="sr-only"> for {offerTitle}</span>
      </a>
      <div dangerouslySetInnerHTML={{ __html: "" }} />
    </>
  );
}

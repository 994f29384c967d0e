import { cn } from "~/lib/class-names";
import { howReviewsWorkPath } from "~/lib/paths";

const STAR = "M10 1.8l2.5 5.2 5.7.8-4.1 4 1 5.7L10 14.8l-5.1 2.7 1-5.7-4.1-4 5.7-.8z";

type StarsProps = {
  /** 0 to 5; the last star is filled in part. */
  rating: number;
  className?: string;
};

/** Five stars, read out as "Rated 4.8 out of 5". */
export function Stars({ rating, className }: StarsProps) {
  const value = Math.min(5, Math.max(0, rating));
  return (
    <svg
      viewBox="0 0 100 20"
      role="img"
      aria-label={`Rated ${formatRating(value)} out of 5`}
      className={cn("h-[1.1em] w-auto shrink-0", className)}
    >
      <FiveStars className="fill-muted-foreground/30" />
      {/* A picture inside the picture cuts the filled stars off; style attributes are refused by our policy. */}
      <svg width={value * 20} height="20" overflow="hidden">
        <FiveStars className="fill-lamp stroke-lamp-foreground/50 [stroke-width:0.75]" />
      </svg>
    </svg>
  );
}

type RatingProps = StarsProps & {
  /** How many reviews the rating is made of; none shows "New". */
  count: number;
};

/** The short form for cards: one star, the number, how many reviews; leads to how they are counted. */
export function Rating({ rating, count, className }: RatingProps) {
  if (count === 0)
    return <span className={cn("text-muted-foreground", className)}>No reviews yet</span>;
  return (
    // Above the link of a whole card, where it stands on one.
    <a
      href={howReviewsWorkPath()}
      className={cn("relative z-10 inline-flex items-center gap-1.5 hover:underline", className)}
    >
      <svg viewBox="0 0 20 20" aria-hidden className="size-[1.1em]">
        <path d={STAR} className="fill-lamp" />
      </svg>
      <span className="sr-only">Rated</span>
      <span className="font-semibold tabular-nums">{formatRating(rating)}</span>
      <span className="sr-only">out of 5 from</span>
      <span className="text-muted-foreground">
        {count} {count === 1 ? "review" : "reviews"}
      </span>
      <span className="sr-only">, how reviews work</span>
    </a>
  );
}

function FiveStars({ className }: { className: string }) {
  return (
    <g className={className}>
      {[0, 20, 40, 60, 80].map((x) => (
        <path key={x} d={STAR} transform={`translate(${x} 0)`} />
      ))}
    </g>
  );
}

function formatRating(rating: number): string {
  return rating.toFixed(1);
}

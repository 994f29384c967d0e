import { cn } from "~/lib/class-names";

const GROUNDS = [
  ["#1d4a86", "#f2b544"],
  ["#2c5f5a", "#e6d3a3"],
  ["#6b3a2e", "#f0c9a0"],
  ["#43356b", "#c9c1ea"],
  ["#7a5a14", "#f6e3ae"],
  ["#274b63", "#9fd0d6"],
  ["#5a2845", "#efb9c4"],
  ["#34502a", "#cfe0a8"],
] as const;

type AvatarProps = {
  /** Whose; gives the initials. */
  name: string;
  /** Stays the same for a person for ever (an id), so that their picture does too. */
  seed: string;
  className?: string;
};

/** A picture of a person who gave none: initials over a door swing, drawn from the seed. */
export function Avatar({ name, seed, className }: AvatarProps) {
  const hash = hashOf(seed);
  const [ground, figure] = GROUNDS[hash % GROUNDS.length]!;
  const turn = ((hash >>> 8) % 4) * 90;

  return (
    <svg viewBox="0 0 80 80" aria-hidden className={cn("size-12 shrink-0 rounded-md", className)}>
      <rect width="80" height="80" fill={ground} />
      <g transform={`rotate(${turn} 40 40)`}>
        <path d="M12 80V16a64 64 0 0 1 64 64z" fill={figure} opacity="0.22" />
        <path d="M12 84V16" stroke={figure} strokeWidth="3" opacity="0.7" />
      </g>
      <text
        x="40"
        y="41"
        fill="#fff"
        fontSize="28"
        fontWeight="600"
        textAnchor="middle"
        dominantBaseline="central"
        className="font-display"
      >
        {initialsOf(name)}
      </text>
    </svg>
  );
}

/** First letters of the first and last word: "Ana María de la Cruz" is "AC". */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0]!, words[words.length - 1]!] : words;
  return ends.map((word) => [...word][0]!.toUpperCase()).join("");
}

// FNV-1a: small, and spreads ids that differ in one character.
function hashOf(seed: string): number {
  let hash = 0x811c9dc5;
  for (const character of seed) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  return hash >>> 0;
}

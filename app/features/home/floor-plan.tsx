import { coachesPath } from "~/lib/paths";

type Room = {
  /** Slug of a specialty. */
  specialty: string;
  /** One or two lines. */
  name: string[];
  /** What is rehearsed there; only on wider screens. */
  note: string;
  /** In the drawing's units. */
  floor: { x: number; y: number; width: number; height: number };
  /** Where the first line of its name stands. */
  nameAt: { x: number; y: number };
};

const LEFT = 34;
const RIGHT = 606;
const TOP = 34;
const MIDDLE = 262;
const BOTTOM = 490;

// Names stand away from the middle wall: the doors and the way through are there.
const UPPER_NAMES = 100;
const LOWER_NAMES = 402;

const ROOMS: Room[] = [
  {
    specialty: "prospecting",
    name: ["Prospecting"],
    note: "Scripts you’d say",
    floor: { x: LEFT, y: MIDDLE, width: 208, height: 228 },
    nameAt: { x: 160, y: LOWER_NAMES },
  },
  {
    specialty: "buyer-consultations",
    name: ["Buyer", "consultation"],
    note: "The agreement talk",
    floor: { x: LEFT, y: TOP, width: 188, height: 228 },
    nameAt: { x: 128, y: UPPER_NAMES },
  },
  {
    specialty: "listing-presentations",
    name: ["Listing", "presentation"],
    note: "Run it start to finish",
    floor: { x: 222, y: TOP, width: 208, height: 228 },
    nameAt: { x: 326, y: UPPER_NAMES },
  },
  {
    specialty: "negotiation",
    name: ["Negotiation"],
    note: "Offers and counters",
    floor: { x: 430, y: TOP, width: 176, height: 228 },
    nameAt: { x: 518, y: UPPER_NAMES + 14 },
  },
  {
    specialty: "rate-conversations",
    name: ["Rates", "and locks"],
    note: "When they’re shopping",
    floor: { x: 418, y: MIDDLE, width: 188, height: 228 },
    nameAt: { x: 512, y: LOWER_NAMES },
  },
  {
    specialty: "pipeline-management",
    name: ["Pipeline"],
    note: "Who to call next",
    floor: { x: 242, y: MIDDLE, width: 176, height: 228 },
    nameAt: { x: 330, y: LOWER_NAMES + 14 },
  },
];

/**
 * The work as a house: six rooms, each a specialty and a link to its coaches, and one way through
 * them all that ends where it began.
 */
export function FloorPlan() {
  return (
    <nav aria-label="Coaches by what you want to practice">
      <svg viewBox="24 24 592 532" className="h-auto w-full select-none" fill="none">
        <path d={`M${LEFT} ${TOP}H${RIGHT}V${BOTTOM}H${LEFT}z`} className="fill-card" />
        {ROOMS.map((room) => (
          <RoomLink key={room.specialty} room={room} />
        ))}
        <g aria-hidden="true" className="pointer-events-none">
          <Walls />
          <Doors />
          <Windows />
          <WayThrough />
          <FrontDoor />
        </g>
      </svg>
    </nav>
  );
}

function RoomLink({ room }: { room: Room }) {
  const { name, note, floor, nameAt } = room;
  return (
    <a href={coachesPath({ specialty: room.specialty })} className="group outline-none">
      <rect
        {...floor}
        className="fill-transparent transition-colors group-hover:fill-lamp/25 group-focus-visible:fill-lamp/40"
      />
      <text
        textAnchor="middle"
        className="fill-foreground font-display text-[24px] font-[560] tracking-[-0.015em] sm:text-[23px]"
      >
        {name.map((line, index) => (
          <tspan key={line} x={nameAt.x} y={nameAt.y + index * 28}>
            {line}
          </tspan>
        ))}
      </text>
      <text
        x={nameAt.x}
        y={nameAt.y + name.length * 28 - 4}
        textAnchor="middle"
        className="hidden fill-muted-foreground text-[13.5px] sm:block"
      >
        {note}
      </text>
    </a>
  );
}

function Walls() {
  return (
    <g className="stroke-foreground" strokeLinecap="square">
      {/* Outside: open at the front door. */}
      <path d={`M48 ${BOTTOM}H${LEFT}V${TOP}H${RIGHT}V${BOTTOM}H108`} strokeWidth="9" />
      {/* Inside, with the openings of the doors left out. */}
      <path d={`M${LEFT} ${MIDDLE}H98M154 ${MIDDLE}H492M548 ${MIDDLE}H${RIGHT}`} strokeWidth="5" />
      <path
        d={`M222 ${TOP}V180M222 236V${MIDDLE}M430 ${TOP}V180M430 236V${MIDDLE}M242 ${MIDDLE}V290M242 346V${BOTTOM}M418 ${MIDDLE}V290M418 346V${BOTTOM}`}
        strokeWidth="5"
      />
    </g>
  );
}

/** Each door as plans draw it: the leaf, open, and the arc it swings through. */
function Doors() {
  return (
    <g className="stroke-foreground" strokeWidth="1.5">
      <path d="M48 490v-60a60 60 0 0 1 60 60" />
      <path d="M98 262v-56a56 56 0 0 1 56 56" />
      <path d="M222 180h-56a56 56 0 0 0 56 56" />
      <path d="M430 180h56a56 56 0 0 1-56 56" />
      <path d="M548 262v56a56 56 0 0 1-56-56" />
      <path d="M418 346h56a56 56 0 0 0-56-56" />
      <path d="M242 346h56a56 56 0 0 0-56-56" />
    </g>
  );
}

function Windows() {
  const places =
    "M84 34h88M276 34h100M474 34h88M606 92v96M606 356v88M34 92v96M34 330v60M286 490h88M470 490h84";
  return (
    <>
      <path d={places} className="stroke-card" strokeWidth="5" />
      <path d={places} className="stroke-foreground" strokeWidth="1.5" />
    </>
  );
}

/** In at the front door, through every room, and back to the first. */
function WayThrough() {
  return (
    <path
      d="M78 526V350C78 300 126 318 126 262C126 214 160 208 222 208C276 208 272 232 326 232C380 232 376 208 430 208C492 208 520 204 520 262C520 306 492 318 418 318C366 318 372 296 330 296C288 296 294 318 242 318C186 318 150 312 112 302"
      className="stroke-lamp"
      strokeWidth="4.5"
      strokeLinecap="round"
      strokeDasharray="0.1 11"
    />
  );
}

function FrontDoor() {
  return (
    <>
      <circle cx="78" cy="534" r="7.5" className="fill-lamp stroke-foreground" strokeWidth="2" />
      <text x="98" y="540" className="fill-muted-foreground text-[22px] sm:text-[15px]">
        Start anywhere: choose a room.
      </text>
    </>
  );
}

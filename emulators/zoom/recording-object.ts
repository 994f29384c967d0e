import type { Recording } from "./state.ts";
import type { Zoom } from "./zoom.ts";

/** About what an hour of talking heads takes. */
const BYTES_PER_SECOND = 60_000;

/** A recording as its events tell of it, without the passcodes. `origin` is the emulator's address. */
export function toldRecording(zoom: Zoom, recording: Recording, origin: string) {
  const files = recordingFiles(recording, origin);
  return {
    id: recording.meetingId,
    uuid: recording.uuid,
    host_id: recording.hostId,
    account_id: zoom.options.accountId,
    topic: recording.topic,
    type: recording.type,
    start_time: recording.startedAt,
    timezone: recording.timezone,
    duration: Math.ceil(secondsOf(recording) / 60),
    share_url: shareUrl(recording, origin),
    total_size: files.reduce((sum, file) => sum + file.file_size, 0),
    recording_count: files.length,
    recording_files: files,
  };
}

/** The passcode that people type, and the one that goes into the address. */
export function passcodesOf({ passcode }: Recording) {
  return { password: passcode, recording_play_passcode: playPasscode(passcode) };
}

/** The files that are made of a run: picture with sound, and sound alone. */
function recordingFiles(recording: Recording, origin: string) {
  const common = {
    meeting_id: recording.uuid,
    recording_start: recording.startedAt,
    recording_end: recording.endedAt,
    play_url: shareUrl(recording, origin),
    download_url: `${origin}/rec/download/${recording.token}`,
    status: "completed",
  };
  const size = secondsOf(recording) * BYTES_PER_SECOND;
  return [
    {
      ...common,
      id: `${recording.token}-video`,
      file_type: "MP4",
      file_extension: "MP4",
      file_size: size,
      recording_type: "shared_screen_with_speaker_view",
    },
    {
      ...common,
      id: `${recording.token}-audio`,
      file_type: "M4A",
      file_extension: "M4A",
      file_size: Math.ceil(size / 10),
      recording_type: "audio_only",
    },
  ];
}

/** What stands for a passcode in an address, as `?pwd=`. */
export function playPasscode(passcode: string): string {
  return Buffer.from(`play:${passcode}`).toString("base64url");
}

function shareUrl(recording: Recording, origin: string): string {
  return `${origin}/rec/share/${recording.token}`;
}

function secondsOf({ startedAt, endedAt }: Recording): number {
  return Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
}

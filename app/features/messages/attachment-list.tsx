import FileText from "lucide-react/icons/file-text";

import { formatFileSize } from "~/lib/format-file-size";
import { attachmentPath } from "~/lib/paths";

import type { Attachment } from "./thread-message";

type AttachmentListProps = { conversationId: string; attachments: Attachment[] };

/** The files of a message: pictures small, the rest by name and size. Each leads to the whole. */
export function AttachmentList({ conversationId, attachments }: AttachmentListProps) {
  return (
    <ul aria-label="Files" className="flex flex-wrap gap-2">
      {attachments.map((attachment) => (
        <li key={attachment.id} className="min-w-0 max-w-full">
          <a
            href={attachmentPath(conversationId, attachment.id)}
            target="_blank"
            rel="noreferrer"
            className="block rounded-md"
          >
            {attachment.preview ? (
              <img
                src={attachmentPath(conversationId, attachment.id, { preview: true })}
                width={attachment.preview.width}
                height={attachment.preview.height}
                alt={attachment.name}
                loading="lazy"
                className="h-auto max-h-44 w-auto max-w-full rounded-md border bg-card"
              />
            ) : (
              <FileLine name={attachment.name} size={attachment.size} />
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Files on their way: they can't be opened yet. */
export function OutgoingFileList({ files }: { files: readonly File[] }) {
  return (
    <ul aria-label="Files" className="flex flex-wrap gap-2">
      {files.map((file, index) => (
        <li key={index} className="min-w-0 max-w-full">
          <FileLine name={file.name} size={file.size} />
        </li>
      ))}
    </ul>
  );
}

function FileLine({ name, size }: { name: string; size: number }) {
  return (
    <span className="flex min-h-11 items-center gap-2.5 rounded-md border bg-card px-3 py-2 text-card-foreground">
      <FileText aria-hidden className="size-5 shrink-0 text-muted-foreground" />
      <span className="min-w-0">
        <span className="line-clamp-2 break-words font-medium">{name}</span>
        <span className="block text-[0.8125rem] text-muted-foreground">{formatFileSize(size)}</span>
      </span>
    </span>
  );
}

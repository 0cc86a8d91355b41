import { Download, FileText } from 'lucide-react';
import { memo } from 'react';
import type { Message } from '../store/types.ts';
import { formatBytes } from './format-bytes.ts';
import './message-files.css';

type SlackFile = NonNullable<Message['files']>[number];

const addressOf = (file: SlackFile): string => `/_admin/files/${file.id}`;

/** The files of a message: pictures as pictures, others by name, each with a download. */
export const MessageFiles = memo(function MessageFiles({ files }: { files: SlackFile[] }) {
  return (
    <ul className="message-files" aria-label="Files">
      {files.map((file) => (
        <li key={file.id}>
          {file.mimetype.startsWith('image/') ? <Picture file={file} /> : <Row file={file} />}
        </li>
      ))}
    </ul>
  );
});

function Picture({ file }: { file: SlackFile }) {
  return (
    <figure className="message-picture-file">
      <figcaption>
        <span className="message-file-name">{file.title || file.name}</span>
        <DownloadLink file={file} />
      </figcaption>
      <a href={addressOf(file)} target="_blank" rel="noreferrer" aria-label={`Open ${file.name}`}>
        <img src={addressOf(file)} alt={file.alt_txt ?? file.name} loading="lazy" />
      </a>
    </figure>
  );
}

function Row({ file }: { file: SlackFile }) {
  return (
    <div className="message-file">
      <span className="message-file-sign">
        <FileText size={20} aria-hidden="true" />
      </span>
      <span className="message-file-text">
        <span className="message-file-name">{file.title || file.name}</span>
        <span className="message-file-note">
          {file.pretty_type} · {formatBytes(file.size)}
        </span>
      </span>
      <DownloadLink file={file} />
    </div>
  );
}

function DownloadLink({ file }: { file: SlackFile }) {
  return (
    <a
      className="icon-button message-file-download"
      href={`${addressOf(file)}?download`}
      download={file.name}
      aria-label={`Download ${file.name}`}
      title={`Download ${file.name}`}
    >
      <Download size={16} aria-hidden="true" />
    </a>
  );
}

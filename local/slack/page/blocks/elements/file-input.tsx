import { Paperclip, X } from 'lucide-react';
import { useId, useState } from 'react';
import { request } from '../../api/request.ts';
import { IconButton } from '../../ui/button.tsx';
import { attempt } from '../../ui/toast.tsx';
import { numberOf, objectsOf, wordOf, wordsOf } from '../read.ts';
import type { ElementProps } from './element.tsx';
import { naming } from './place.ts';
import './file-input.css';

const MAX_FILES = 10;

/** Files of a form: each is uploaded when it is chosen, and the form holds their ids. */
export function FileInput({ element, place, handle }: ElementProps) {
  const noteId = useId();
  const [names, setNames] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const known = objectsOf(handle.value).map((file) => [wordOf(file.id), wordOf(file.name)] as const);
  const files = [...wordsOf(handle.value), ...known.map(([id]) => id)];
  const nameOf = (id: string): string => new Map(known).get(id) ?? names[id] ?? id;
  const max = numberOf(element.max_files, MAX_FILES);
  const types = wordsOf(element.filetypes);
  const add = async (chosen: File[]): Promise<void> => {
    setBusy(true);
    const added: string[] = [];
    for (const file of chosen.slice(0, max - files.length)) {
      const id = await attempt(() => upload(handle.user, file));
      if (id === undefined) break;
      added.push(id);
      setNames((known) => ({ ...known, [id]: file.name }));
    }
    setBusy(false);
    if (added.length > 0) handle.change([...files, ...added]);
  };
  const described = [place.describedBy, noteId].filter((id) => id !== undefined).join(' ');
  return (
    <div className="file-input" aria-busy={busy || undefined}>
      {files.map((id) => (
        <div className="file-input-item" key={id}>
          <Paperclip size={15} aria-hidden="true" />
          <span className="file-input-name">{nameOf(id)}</span>
          <IconButton
            label={`Remove ${nameOf(id)}`}
            onClick={() => handle.change(files.filter((one) => one !== id))}
          >
            <X size={15} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      <input
        type="file"
        className="file-input-field"
        {...naming({ ...place, describedBy: described }, 'Files')}
        multiple={max > 1}
        accept={types.map((type) => `.${type}`).join(',') || undefined}
        disabled={handle.inert || busy || files.length >= max}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = '';
          void add(chosen);
        }}
      />
      <span className="element-hint" id={noteId}>
        {busy
          ? 'Uploading …'
          : `${max === 1 ? 'One file' : `Up to ${max} files`}${types.length > 0 ? `: ${types.join(', ')}` : ''}`}
      </span>
    </div>
  );
}

/** Uploads one file as a person, without posting it. Returns its id. */
async function upload(user: string, file: File): Promise<string> {
  const form = new FormData();
  form.set('user', user);
  form.set('file', file);
  const answer = await request<{ files: { id: string }[] }>('POST', '/act/upload', form);
  const [first] = answer.files;
  if (!first) throw new Error(`${file.name} was not uploaded`);
  return first.id;
}

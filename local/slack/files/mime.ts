type FileKind = { mimetype: string; filetype: string; pretty_type: string };

const KINDS: Record<string, [mimetype: string, filetype: string, pretty: string]> = {
  csv: ['text/csv', 'csv', 'CSV'],
  gif: ['image/gif', 'gif', 'GIF'],
  html: ['text/html', 'html', 'HTML'],
  jpeg: ['image/jpeg', 'jpg', 'JPEG'],
  jpg: ['image/jpeg', 'jpg', 'JPEG'],
  js: ['text/javascript', 'javascript', 'JavaScript'],
  json: ['application/json', 'json', 'JSON'],
  log: ['text/plain', 'text', 'Plain Text'],
  md: ['text/markdown', 'markdown', 'Markdown'],
  pdf: ['application/pdf', 'pdf', 'PDF'],
  png: ['image/png', 'png', 'PNG'],
  py: ['text/x-python', 'python', 'Python'],
  svg: ['image/svg+xml', 'svg', 'SVG'],
  ts: ['text/typescript', 'typescript', 'TypeScript'],
  txt: ['text/plain', 'text', 'Plain Text'],
  webp: ['image/webp', 'webp', 'WebP'],
  yaml: ['text/yaml', 'yaml', 'YAML'],
  yml: ['text/yaml', 'yaml', 'YAML'],
  zip: ['application/zip', 'zip', 'Zip'],
};

/** The type of a file by its name's ending, as Slack names it. */
export function fileKind(name: string): FileKind {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const [mimetype, filetype, pretty_type] = KINDS[ending] ?? ['application/octet-stream', 'binary', 'Binary'];
  return { mimetype, filetype, pretty_type };
}

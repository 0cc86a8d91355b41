/** Requests to a Slack simulator's admin API; whatever is not 2xx throws with what the simulator said. */
export class SlackAdminHttp {
  readonly url: string;

  /** @param url the simulator's address, with or without `/api/` at its end */
  constructor(url: string) {
    this.url = url.replace(/\/(api\/?)?$/, '');
  }

  /** The base for `SLACK_API_URL`. */
  get apiUrl(): string {
    return `${this.url}/api/`;
  }

  protected async get<T>(path: string): Promise<T> {
    return this.#read(await fetch(`${this.url}/_admin/${path}`), path);
  }

  protected async send<T>(method: string, path: string, body: object = {}): Promise<T> {
    const response = await fetch(`${this.url}/_admin/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return this.#read(response, path);
  }

  protected async sendForm<T>(path: string, form: FormData): Promise<T> {
    return this.#read(await fetch(`${this.url}/_admin/${path}`, { method: 'POST', body: form }), path);
  }

  async #read<T>(response: Response, path: string): Promise<T> {
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as T;
    throw new Error(`Slack simulator, ${path}: ${response.status} ${pretty(text)}`);
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 1);
  } catch {
    return text;
  }
}

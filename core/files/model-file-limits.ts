/** What is known of a model's reading of files; what is unknown is tried. */
export interface FileFacts {
  /** As `ModelChoice` names it: its first part is the provider. */
  model: string;
  images?: boolean;
  pdf?: boolean;
}

/** What one request to a provider may hold. */
export interface ModelFileLimits {
  /** Of one image or PDF, bytes. */
  imageBytes: number;
  pdfBytes: number;
  /** How many of each. */
  images: number;
  pdfs: number;
  /** Of all images and PDFs together, bytes before base64. */
  inlineBytes: number;
}

/** 5 MiB of base64, as Anthropic counts an image. */
const ANTHROPIC_IMAGE_BYTES = 3_932_160;

const common: ModelFileLimits = {
  imageBytes: Number.POSITIVE_INFINITY,
  pdfBytes: Number.POSITIVE_INFINITY,
  // From the twenty-first image of a request on, Anthropic takes only small ones (platform.claude.com, vision).
  images: 20,
  pdfs: 5,
  // With base64 and the conversation's text it stays under the 32 MB of Anthropic's Messages API.
  inlineBytes: 20_000_000,
};

const byProvider: Record<string, Partial<ModelFileLimits>> = {
  anthropic: { imageBytes: ANTHROPIC_IMAGE_BYTES },
  // Five documents of 4.5 MB each, and 20 MB per request to Claude (Bedrock user guide: API restrictions, Claude
  // Messages API). Newer models take larger PDFs; one that is refused would be in every later request too.
  bedrock: { imageBytes: ANTHROPIC_IMAGE_BYTES, pdfBytes: 4_500_000, inlineBytes: 14_000_000 },
};

/** What a model's provider takes, as far as its documentation says. */
export function modelFileLimits(model: string): ModelFileLimits {
  return { ...common, ...byProvider[model.split('/')[0] ?? ''] };
}

import { feedbackActionId, feedbackValue } from './button.ts';
import type { Rating } from './record.ts';

/** Thumbs under an answer (Block Kit: `context_actions` with `feedback_buttons`, messages only). */
export function feedbackBlock(turnId: string): Record<string, unknown> {
  const thumb = (rating: Rating, text: string, label: string) => ({
    text: { type: 'plain_text', text },
    value: feedbackValue(turnId, rating),
    accessibility_label: label,
  });
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: feedbackActionId,
        positive_button: thumb('up', 'Good answer', 'Rate this answer as good'),
        negative_button: thumb('down', 'Bad answer', 'Rate this answer as bad'),
      },
    ],
  };
}

/** What a campaign asks about: 满意度, 知晓率, 群众需求. */
export const surveyKinds = ['satisfaction', 'knowledge', 'needs'] as const
export type SurveyKind = (typeof surveyKinds)[number]

/** How an answer came: in the chat, by the signed link, or asked by an officer at the door. */
export const surveyWays = ['chat', 'link', 'officer'] as const
export type SurveyWay = (typeof surveyWays)[number]

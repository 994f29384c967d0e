/** What a client wrote, and how many stars they gave. */
export type ReviewCopy = readonly [stars: 2 | 3 | 4 | 5, body: string];

/** Reviews by the specialty that the session was about. */
export const REVIEWS_BY_SPECIALTY: Record<string, readonly ReviewCopy[]> = {
  "listing-presentations": [
    [
      5,
      "We rehearsed on Wednesday night and I signed the listing on Thursday at five. The seller asked “why you?” in almost the same words.",
    ],
    [
      5,
      "My deck went from 44 slides to 9. I was sure I needed the other 35. Nobody has asked for them.",
    ],
    [
      5,
      "Played a difficult seller so well that the real one felt easy. Took the listing against two agents with bigger teams.",
    ],
    [
      4,
      "Very good on the opening and on how to end. I would have liked ten more minutes on the commission question.",
    ],
    [
      4,
      "Honest about what did not work, which I needed. I did not get that listing, but I knew why, and I got the next one.",
    ],
    [
      3,
      "Useful, but most of it assumed a seller who lives in the house. Mine was an investor with a spreadsheet.",
    ],
    [5, "I have done this for eleven years and thought I was past rehearsing. I was not."],
    [2, "We spent half the time on my slides’ design. I wanted to practice talking."],
  ],
  "buyer-consultations": [
    [5, "Three buyers, three signed agreements, no arguments. I say it in under two minutes now."],
    [
      5,
      "The sentence about what happens if the seller does not pay my fee was worth the session on its own.",
    ],
    [
      5,
      "Helped me call the couple who had seen thirty-one houses. They are under contract on number thirty-two.",
    ],
    [
      4,
      "Clear and practical. The examples were from a faster market than mine, so I had to adapt them.",
    ],
    [
      4,
      "I was interrupted in the role play exactly where clients interrupt me. Uncomfortable and right.",
    ],
    [5, "I stopped offering to cut my fee before anybody asked. That was the whole problem."],
    [3, "Good structure, a little scripted for my taste. I kept about half."],
  ],
  prospecting: [
    [
      5,
      "Made my first three calls during the session. Got one appointment and one very rude man, and survived both.",
    ],
    [
      5,
      "My hour is at 9:10 now, with a list from the night before. Fourteen days in a row so far.",
    ],
    [4, "The objections drill is tiring in a good way. Bring water."],
    [4, "Changed two words in my opening and people stay on the line. I do not know why it works."],
    [3, "Good energy, but everything was phone calls. I wanted ideas for door knocking."],
    [
      5,
      "Told me to stop buying leads until I had called the 212 people I already know. Annoying, correct.",
    ],
    [
      5,
      "My open house on Sunday: forty invitations, nineteen visitors, two appointments. Last month I had four visitors and a raccoon.",
    ],
    [
      2,
      "We ran ten minutes late and rushed the last part. The list of objections afterwards was helpful.",
    ],
  ],
  "sphere-and-referrals": [
    [
      5,
      "We found eight people I should have called a year ago. Two of them were about to list with somebody else.",
    ],
    [
      5,
      "I wrote to my old landlord while we were still talking. He answered the same evening with a name.",
    ],
    [
      5,
      "No tricks. A calendar, four groups and a reason to write to each. My assistant keeps it going.",
    ],
    [4, "Sorting 600 contacts takes longer than an hour, be prepared. The system is good."],
    [4, "Gave me a way to ask for referrals that does not make my stomach turn."],
    [
      3,
      "Nice session, but I had hoped for more on how to restart with people after three years of silence.",
    ],
    [5, "My past clients answered! Every third one asked what their house is worth now."],
  ],
  negotiation: [
    [
      5,
      "Saved my deal after the appraisal came in eighteen thousand short. Both sides gave a little and nobody felt beaten.",
    ],
    [
      5,
      "We rehearsed the repair request from both chairs. The other agent thanked me for how it was written.",
    ],
    [
      4,
      "Good read of my offer, quick, within the hour I had. Would book again for anything contested.",
    ],
    [5, "I talk less now. It turns out silence was the technique."],
    [
      4,
      "Strong on preparation. The second scenario was commercial and did not fit me, the others did.",
    ],
    [
      5,
      "Told me to let the deal go, and was right. Six weeks later my buyers have a better house for less.",
    ],
    [3, "Solid basics. I have been at it for fifteen years and knew most of them."],
  ],
  "pricing-conversations": [
    [
      5,
      "I made the call at nine the next morning. Reduced by twenty-five, two showings that weekend, under contract the week after.",
    ],
    [
      5,
      "Two charts instead of fourteen comparables. The seller looked at them for a minute and said, “So, 460.”",
    ],
    [5, "Best explanation of days on market I have heard, and I could repeat it the same day."],
    [
      4,
      "We priced a house with a sunroom nobody else has. I am still not sure about the number but I can defend it.",
    ],
    [4, "Direct. Possibly too direct for some. I liked it."],
    [3, "The method is good, but we only got through one of my two listings."],
    [
      5,
      "I lost the listing because I held to my price. It expired, and they called me back. Thank you.",
    ],
  ],
  "geographic-farming": [
    [
      5,
      "Talked me out of the neighborhood I loved and into one where people move. First listing from it after five months.",
    ],
    [
      5,
      "My postcards used to be about me. Now they are about the road works. Three people stopped me at the grocery store.",
    ],
    [4, "Twelve months planned in an hour, with a budget I can keep."],
    [4, "Clear numbers on turnover. I wish I had done this before I paid for the first mailing."],
    [3, "Helpful, but the plan needs more door knocking than I am willing to do."],
    [5, "The part about month nine was exactly true. I had the note on my wall and kept going."],
  ],
  "luxury-homes": [
    [
      5,
      "I walked in prepared for the attorney, and the attorney was there. I would have been lost.",
    ],
    [
      5,
      "We went through my messages to one client line by line. Humbling. They have introduced me to two friends since.",
    ],
    [4, "Very good on what not to say. Expensive, and for this listing worth it."],
    [
      5,
      "I told them the truth, that I had not sold at that price before, the way we practiced. They said they appreciated it, and signed.",
    ],
    [
      4,
      "Thoughtful and precise. I had hoped for more on marketing, but the client side was excellent.",
    ],
    [3, "Good advice for a market with more inventory at the top than mine has."],
  ],
  "first-year-agents": [
    [5, "First closing on day 97. I had a plan for every one of those days."],
    [
      5,
      "I could ask the things I was too embarrassed to ask in the office. Nobody laughed. Well, once, and I did too.",
    ],
    [
      5,
      "Crossed out two thirds of my to-do list. Logo, website, business cards: gone. Twelve calls a day: in.",
    ],
    [4, "Kind and practical. I would like a checklist to take home."],
    [
      4,
      "Told me how much money I need to survive the first six months. Not what I wanted to hear, and I am glad.",
    ],
    [3, "Nice conversation, a bit general. I should have brought a concrete question."],
    [
      5,
      "After thirty minutes I knew what to do on Monday. My training had taken six weeks not to tell me.",
    ],
  ],
  "team-building": [
    [
      5,
      "I was about to hire a second agent. I hired a coordinator instead, and got my Sundays back.",
    ],
    [
      5,
      "We decided the lead rule in one session. I sent the message that evening. Two people were relieved, one left, and that was right too.",
    ],
    [4, "Good at finding the real problem, which in my case was me."],
    [4, "The job description we wrote brought thirty good applicants."],
    [3, "Helpful for a bigger team than mine. With two people some of it does not apply yet."],
  ],
  "business-planning": [
    [
      5,
      "It fits on one page and I have looked at it every Friday for ten weeks. My old plan had a cover.",
    ],
    [
      5,
      "Found out that I need nine closings fewer than I thought, and three evenings more at home.",
    ],
    [4, "Numbers, gently explained. I avoided this for years and should not have."],
    [4, "We caught that I had not put aside taxes since April. Better now than in January."],
    [
      5,
      "I finally know what an appointment is worth to me. I cancelled two subscriptions during the call.",
    ],
    [3, "Good template. I would have preferred to spend the time on ideas instead of arithmetic."],
  ],
  "time-management": [
    [5, "My phone is in the drawer from nine to eleven. Nothing burned down."],
    [
      5,
      "We counted eight weeks of calendar and I had nineteen hours a week I could not explain. I can now.",
    ],
    [4, "Realistic, for once. No five o’clock club."],
    [4, "The Sunday list works. The Friday review I still skip."],
    [3, "I knew most of it. I needed somebody to say it, and now somebody has."],
    [2, "Too much theory for half an hour. I left with notes but without a plan."],
  ],
  "rate-conversations": [
    [
      5,
      "Six rounds of the same call. By the fourth I had stopped apologizing, and that afternoon a borrower stayed with me at a higher rate.",
    ],
    [
      5,
      "Cost in dollars over the years they will really own it. It is so simple that I am annoyed.",
    ],
    [4, "Very good. I would have liked a version for refinances."],
    [
      5,
      "I lock with a rule now and sleep. My borrowers understand it too, I had one explain it back to me.",
    ],
    [4, "Tough role play, fair feedback. Bring a real quote."],
    [3, "Fine session, but the examples were all conventional loans. I do mostly government ones."],
  ],
  "referral-partners": [
    [5, "Prepared me for one coffee with one agent. She has sent me two buyers, and I know why."],
    [5, "We looked at what she lists before I met her. She said no lender had ever done that."],
    [4, "A list of ten with a reason for each. I am at seven, four of them answered."],
    [4, "Careful about what is allowed, which calmed my manager down."],
    [3, "Good preparation, though my market is small and I know all of these agents already."],
    [
      5,
      "I left the doughnuts at home and brought a page about her stuck listing. Different conversation.",
    ],
  ],
  "pipeline-management": [
    [
      5,
      "Went through 38 files in an hour. Eleven had no next step. Three of those have applied since.",
    ],
    [5, "The message for the silent ones works. Four of nine wrote back within a day."],
    [4, "Strict, fast, useful. I felt a little caught."],
    [4, "I end files now instead of hoping. My pipeline is smaller and my month is better."],
    [3, "Worth it, but our system exports badly and we lost twenty minutes to it."],
    [5, "Found the stage where my loans go to sleep. It was the one I own."],
  ],
  "purchase-market": [
    [
      5,
      "My borrower won against cash with the call we rehearsed. Ninety seconds, exactly as written.",
    ],
    [5, "Full underwriting first is more work, and it has changed what listing agents say to me."],
    [
      4,
      "The checklist from my three lost offers was the best part. It was the same mistake twice.",
    ],
    [4, "Great outline for a buyer class. Twenty-two people came, in the rain."],
    [3, "Good, but some of it needs an underwriter who answers the phone. Mine does not."],
    [5, "I stopped sending letters and started calling the other agent. Obvious afterwards."],
  ],
  "video-and-social": [
    [
      5,
      "Recorded number one during the session, in my car. It has more views than everything before it together.",
    ],
    [4, "Ten subjects I really can talk about. I have made six."],
    [5, "Told me which photo to take down. My sister had been saying it for years."],
    [4, "Kind about a format I hate. I still hate it, but I post on Tuesdays."],
    [3, "Good ideas, but they take more time than I was told."],
  ],
  mindset: [
    [5, "Lost three deals in a week. Left the call with two things to do and did both."],
    [5, "“Missed or not worth doing?” I think about that question every Friday."],
    [4, "Warm without being soft. I would have liked a written summary."],
    [5, "I was ready to quit. I took a week off instead, on purpose, and came back."],
    [4, "No shouting, no posters. Somebody who has had the same bad month."],
    [3, "Pleasant, but I had hoped for something more concrete."],
  ],
};

/** Sentences that some clients add at the end, by how happy they are. */
export const REVIEW_ENDINGS: Record<"happy" | "mixed", readonly string[]> = {
  happy: [
    "Booked again.",
    "Started on time, ended on time.",
    "Sent notes the same evening.",
    "I have told two colleagues.",
    "Worth the money, and I am careful with money.",
    "Will come back before the next one.",
    "No upselling at the end, which I noticed.",
    "My broker asked what I had changed.",
    "Listens more than most.",
    "Second session with the same coach, just as good.",
    "I wish I had done this in spring.",
    "Came prepared; had clearly read my note.",
    "Thank you.",
  ],
  mixed: [
    "I may try a longer session next time.",
    "Friendly and on time, though.",
    "The follow-up message helped.",
    "Bring a specific question and you will get more out of it.",
    "Still glad I did it.",
  ],
};

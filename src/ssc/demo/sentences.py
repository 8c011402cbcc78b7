"""Short sentences that members of the demo say about themselves, in English and in their own languages."""

OPENINGS = (
    "I went to {host} in {year} and still think in the way I learned there.",
    "My days at {host} were my first outside my country.",
    "{field} brought me to Japan in {year}.",
    "Since our visit to {host} I have wanted to build a laboratory like the one we saw.",
    "I work on {field} and on explaining it to people who are afraid of formulas.",
    "What I remember of {host}: how carefully everybody prepared each experiment.",
    "Before {year} I had read about Japanese research; then I saw it.",
    "A week with my cohort in {year} decided what I would study.",
    "I met my co-authors during the exchange of {year}.",
    "Our group came to {host} with many questions and went home with more.",
)
MIDDLES = (
    "Today I look for partners in {field}.",
    "Now I teach first-year students and tell them about the programme.",
    "At home I help to organise our chapter's meetings.",
    "I am preparing an application for a doctorate in Japan.",
    "My present project is small, practical and useful to villages nearby.",
    "I left research for industry, and use what I learned nearly every day.",
    "I collect open data on {field} and share it with anybody who asks.",
    "Ask me about scholarships; I made every mistake so that you need not.",
    "I still write to the professor who received us.",
    "I am learning Japanese, slowly.",
)
CLOSINGS = (
    "Write to me if you pass through.",
    "I am glad to answer questions from those about to go.",
    "Happy to read drafts and to give honest comments.",
    "I would like to meet others who work on {field}.",
    "Best meal of the trip: curry at the student canteen.",
    "I bake, I hike, and I repair old radios.",
    "One day I want to host a group from Japan here.",
    "",
    "",
)

PUPILS = (
    "I went to Japan with our science club. My favourite was the laboratory visit on the third day.",
    "I want to study {field} and am preparing for the entrance examinations.",
    "We still write to the students of the school that received us.",
    "Before the trip I liked {field}; now I want to make it my work.",
    "I build small robots, badly, and read about {field}.",
)

NATIVE = {
    "ar": (
        "زرت اليابان مع مجموعة من زملائي، وكانت تجربة غيّرت نظرتي إلى البحث العلمي.",
        "يسعدني التواصل مع من يفكر في الدراسة في اليابان.",
    ),
    "bn": ("জাপানে কাটানো দিনগুলো আমার গবেষণার পথ ঠিক করে দিয়েছে।", "যাঁরা প্রথমবার যাচ্ছেন, তাঁদের প্রশ্নের উত্তর দিতে ভালো লাগে।"),
    "es": (
        "Aquella semana en Japón me animó a seguir investigando.",
        "Con gusto respondo preguntas de quienes viajan por primera vez.",
        "Busco colegas con quienes proponer un proyecto conjunto.",
    ),
    "fr": (
        "Mon séjour au Japon m'a donné envie de poursuivre la recherche.",
        "Je réponds volontiers aux questions des futurs participants.",
    ),
    "hi": ("जापान की उस यात्रा ने मुझे शोध की ओर मोड़ दिया।", "जो पहली बार जा रहे हैं, उनके सवालों का जवाब देकर अच्छा लगता है।"),
    "id": (
        "Kunjungan singkat ke Jepang membuat saya yakin untuk meneliti.",
        "Silakan bertanya, saya senang berbagi pengalaman dan informasi beasiswa.",
        "Saya mencari rekan untuk penelitian bersama.",
    ),
    "km": ("ដំណើរទស្សនកិច្ចនៅប្រទេសជប៉ុនបានបើកភ្នែកខ្ញុំអំពីការស្រាវជ្រាវ។",),
    "ko": (
        "일본에서 보낸 짧은 시간이 전공을 정하는 계기가 되었습니다.",
        "처음 참가하는 분들의 질문에 기꺼이 답하겠습니다.",
    ),
    "lo": ("ການໄປຢ້ຽມຢາມຍີ່ປຸ່ນເຮັດໃຫ້ຂ້ອຍຢາກເປັນນັກຄົ້ນຄວ້າ.",),
    "mn": (
        "Японд өнгөрүүлсэн хэдэн өдөр намайг судлаач болоход нөлөөлсөн.",
        "Анх удаа явах хүмүүсийн асуултад баяртайгаар хариулна.",
    ),
    "ms": ("Lawatan ke Jepun mengubah cara saya melihat penyelidikan.", "Saya sedia menjawab soalan peserta baharu."),
    "my": ("ဂျပန်ခရီးစဉ်က ကျွန်တော့်ကို သုတေသနလုပ်ချင်စိတ် ပေးခဲ့ပါတယ်။",),
    "ne": ("जापानमा बिताएका दिनहरूले मलाई अनुसन्धानतर्फ डोर्‍याए।",),
    "pt": (
        "A viagem ao Japão me mostrou como um bom laboratório trabalha.",
        "Respondo com prazer a quem vai pela primeira vez.",
    ),
    "ru": ("Поездка в Японию помогла мне выбрать тему диссертации.",),
    "si": ("ජපානයේ ගත කළ දින කිහිපය මගේ පර්යේෂණ මාවත තීරණය කළා.",),
    "sw": ("Safari ya Japani ilinifungua macho kuhusu utafiti.",),
    "ta": ("ஜப்பானில் கழித்த நாட்கள் என் ஆராய்ச்சிப் பாதையைத் தீர்மானித்தன.", "முதல் முறை செல்பவர்களின் கேள்விகளுக்கு மகிழ்ச்சியுடன் பதிலளிப்பேன்."),
    "th": ("ช่วงเวลาสั้น ๆ ที่ญี่ปุ่นทำให้ฉันตัดสินใจเรียนต่อด้านการวิจัย", "ยินดีตอบคำถามของผู้ที่จะเดินทางเป็นครั้งแรก"),
    "tr": ("Japonya'daki o hafta araştırmacı olma kararımı pekiştirdi.",),
    "ur": ("جاپان کے اس مختصر سفر نے میری تحقیق کی سمت طے کی۔",),
    "vi": (
        "Chuyến đi ngắn đến Nhật Bản đã giúp tôi chọn hướng nghiên cứu.",
        "Tôi sẵn lòng trả lời câu hỏi của các bạn sắp lên đường.",
    ),
    "zh": (
        "在日本的短短几天让我下定决心继续做研究。",
        "欢迎第一次去日本的同学来问我问题。",
        "希望找到可以一起合作的伙伴。",
    ),
    "zh-HK": ("在日本的幾天令我決定繼續做研究。",),
    "zh-TW": ("在日本的短短幾天讓我決定繼續做研究。", "歡迎第一次去日本的同學來問我問題。"),
}

# Oldest age at which somebody says so, and what is said.
HEADLINES = (
    (18, ("High school student, curious about {field}", "Member of the school's science club")),
    (23, ("Undergraduate in {field}", "Studying {field}", "Third-year student, {field}")),
    (28, ("Master's student in {field}", "Doctoral student, {field}", "Graduate student working on {field}")),
    (
        34,
        (
            "Postdoctoral researcher in {field}",
            "Engineer, {field}",
            "Doctoral candidate in {field}",
            "Research assistant, {field}",
        ),
    ),
    (
        45,
        (
            "Lecturer in {field}",
            "Assistant professor, {field}",
            "Research engineer, {field}",
            "Founder of a small company in {field}",
        ),
    ),
    (
        99,
        (
            "Professor of {field}",
            "Associate professor, {field}",
            "Head of the {field} group",
            "Adviser on international programmes",
        ),
    ),
)
COMPANIES = (
    "Blue Lantern Instruments",
    "Monsoon Analytics",
    "Paper Crane Robotics",
    "Terrace Field Agritech",
    "Open Delta Energy",
    "Red Kite Materials",
    "Banyan Software",
    "River Stone Biotech",
)

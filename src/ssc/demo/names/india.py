"""Names of India, in nine of its languages and scripts."""

from ssc.demo.names.tradition import Tradition, names

HINDI = Tradition(
    language="hi",
    women=names(
        """Asha=आशा Priya=प्रिया Neha=नेहा Pooja=पूजा Kavita=कविता Anita=अनीता Sunita=सुनीता Ritu=ऋतु Shweta=श्वेता Nisha=निशा
        Divya=दिव्या Megha=मेघा Swati=स्वाति Preeti=प्रीति Kiran=किरण Jyoti=ज्योति Rashmi=रश्मि Shalini=शालिनी Vandana=वंदना
        Aparna=अपर्णा Sakshi=साक्षी Tanvi=तन्वी Ishita=इशिता Ananya=अनन्या Garima=गरिमा Nandini=नंदिनी Charu=चारु Madhuri=माधुरी""",
    ),
    men=names(
        """Amit=अमित Rohit=रोहित Vikas=विकास Suresh=सुरेश Rajesh=राजेश Anil=अनिल Sanjay=संजय Manish=मनीष Deepak=दीपक Ashok=अशोक
        Nikhil=निखिल Vivek=विवेक Gaurav=गौरव Ankit=अंकित Harish=हरीश Naveen=नवीन Prakash=प्रकाश Ravi=रवि Mohit=मोहित Varun=वरुण
        Kunal=कुणाल Aditya=आदित्य Arjun=अर्जुन Siddharth=सिद्धार्थ Abhishek=अभिषेक Pankaj=पंकज Tarun=तरुण Yash=यश""",
    ),
    families=names(
        """Sharma=शर्मा Verma=वर्मा Gupta=गुप्ता Singh=सिंह Kumar=कुमार Mishra=मिश्रा Tiwari=तिवारी Yadav=यादव Agarwal=अग्रवाल
        Srivastava=श्रीवास्तव Pandey=पांडेय Chauhan=चौहान Saxena=सक्सेना Joshi=जोशी Rawat=रावत Tripathi=त्रिपाठी Rathore=राठौर
        Chaturvedi=चतुर्वेदी Dubey=दुबे Jain=जैन Mathur=माथुर Bhatt=भट्ट Negi=नेगी Dwivedi=द्विवेदी Bansal=बंसल Soni=सोनी""",
    ),
    script="DEVANAGARI",
)

MARATHI = Tradition(
    language="mr",
    women=names(
        """Sneha=स्नेहा Prajakta=प्राजक्ता Vaishali=वैशाली Manasi=मानसी Ketaki=केतकी Rutuja=ऋतुजा Sayali=सायली Gauri=गौरी
        Mrunal=मृणाल Aarti=आरती Shruti=श्रुती Ashwini=अश्विनी""",
    ),
    men=names(
        """Sachin=सचिन Prasad=प्रसाद Omkar=ओंकार Tushar=तुषार Mandar=मंदार Sagar=सागर Swapnil=स्वप्नील Chinmay=चिन्मय
        Ajinkya=अजिंक्य Yogesh=योगेश Sameer=समीर Nilesh=निलेश""",
    ),
    families=names(
        """Patil=पाटील Kulkarni=कुलकर्णी Deshmukh=देशमुख Jadhav=जाधव Pawar=पवार Shinde=शिंदे More=मोरे Gaikwad=गायकवाड Bhosale=भोसले
        Chavan=चव्हाण Kale=काळे Sawant=सावंत Gokhale=गोखले Apte=आपटे Kadam=कदम""",
    ),
    script="DEVANAGARI",
)

BENGALI = Tradition(
    language="bn",
    women=names(
        """Sreya=শ্রেয়া Ananya=অনন্যা Moumita=মৌমিতা Debjani=দেবযানী Payel=পায়েল Sohini=সোহিনী Rupa=রূপা Ishani=ঈশানী
        Tanushree=তনুশ্রী Madhumita=মধুমিতা Sudeshna=সুদেষ্ণা Paromita=পারমিতা""",
    ),
    men=names(
        """Arnab=অর্ণব Subhojit=শুভজিৎ Debashis=দেবাশিস Soumen=সৌমেন Anirban=অনির্বাণ Sourav=সৌরভ Abhijit=অভিজিৎ Partha=পার্থ
        Kaushik=কৌশিক Sayan=সায়ন Indranil=ইন্দ্রনীল Tapas=তাপস""",
    ),
    families=names(
        """Das=দাস Ghosh=ঘোষ Mukherjee=মুখার্জী Banerjee=ব্যানার্জী Chatterjee=চ্যাটার্জী Sarkar=সরকার Mondal=মণ্ডল Roy=রায়
        Bose=বসু Dutta=দত্ত Paul=পাল Saha=সাহা Biswas=বিশ্বাস Chakraborty=চক্রবর্তী Nandi=নন্দী""",
    ),
    script="BENGALI",
)

TAMIL = Tradition(
    language="ta",
    women=names(
        """Kavitha=கவிதா Priya=பிரியா Meena=மீனா Lakshmi=லட்சுமி Deepa=தீபா Divya=திவ்யா Anitha=அனிதா Revathi=ரேவதி Nithya=நித்யா
        Gayathri=காயத்ரி Malathi=மாலதி Sangeetha=சங்கீதா Vidhya=வித்யா Kanmani=கண்மணி""",
    ),
    men=names(
        """Karthik=கார்த்திக் Senthil=செந்தில் Murugan=முருகன் Saravanan=சரவணன் Arun=அருண் Vignesh=விக்னேஷ் Prabhu=பிரபு
        Balaji=பாலாஜி Dinesh=தினேஷ் Ganesh=கணேஷ் Manikandan=மணிகண்டன் Suresh=சுரேஷ் Anbu=அன்பு Elango=இளங்கோ""",
    ),
    families=names(
        """Subramanian=சுப்பிரமணியன் Krishnan=கிருஷ்ணன் Ramasamy=ராமசாமி Natarajan=நடராஜன் Venkatesan=வெங்கடேசன் Rajan=ராஜன்
        Palanisamy=பழனிசாமி Sundaram=சுந்தரம் Shanmugam=சண்முகம் Arumugam=ஆறுமுகம் Perumal=பெருமாள் Selvam=செல்வம்
        Kannan=கண்ணன் Govindan=கோவிந்தன் Ranganathan=ரங்கநாதன்""",
    ),
    script="TAMIL",
)

TELUGU = Tradition(
    language="te",
    women=names(
        """Lavanya=లావణ్య Sravani=శ్రావణి Swapna=స్వప్న Haritha=హరిత Bhavani=భవాని Madhavi=మాధవి Anusha=అనూష Sirisha=శిరీష
        Sowmya=సౌమ్య Jyothi=జ్యోతి Keerthi=కీర్తి Mounika=మౌనిక""",
    ),
    men=names(
        """Srinivas=శ్రీనివాస్ Venkat=వెంకట్ Ramesh=రమేష్ Naresh=నరేష్ Kiran=కిరణ్ Praveen=ప్రవీణ్ Sandeep=సందీప్ Rakesh=రాకేష్
        Chaitanya=చైతన్య Harsha=హర్ష Vamsi=వంశీ Mahesh=మహేష్""",
    ),
    families=names(
        """Reddy=రెడ్డి Rao=రావు Naidu=నాయుడు Chowdary=చౌదరి Varma=వర్మ Raju=రాజు Sastry=శాస్త్రి Goud=గౌడ్ Yadav=యాదవ్ Prasad=ప్రసాద్
        Murthy=మూర్తి Babu=బాబు""",
    ),
    script="TELUGU",
)

KANNADA = Tradition(
    language="kn",
    women=names(
        "Shwetha=ಶ್ವೇತಾ Chaitra=ಚೈತ್ರಾ Rashmi=ರಶ್ಮಿ Vidya=ವಿದ್ಯಾ Soumya=ಸೌಮ್ಯ Nayana=ನಯನಾ Pallavi=ಪಲ್ಲವಿ Megha=ಮೇಘಾ Asha=ಆಶಾ"
    ),
    men=names(
        "Girish=ಗಿರೀಶ್ Manjunath=ಮಂಜುನಾಥ್ Prashanth=ಪ್ರಶಾಂತ್ Raghu=ರಘು Nagaraj=ನಾಗರಾಜ್ Darshan=ದರ್ಶನ್ Umesh=ಉಮೇಶ್ Kishor=ಕಿಶೋರ್"
    ),
    families=names("Gowda=ಗೌಡ Hegde=ಹೆಗ್ಡೆ Shetty=ಶೆಟ್ಟಿ Bhat=ಭಟ್ Rao=ರಾವ್ Kamath=ಕಾಮತ್ Patil=ಪಾಟೀಲ್ Naik=ನಾಯ್ಕ್ Acharya=ಆಚಾರ್ಯ"),
    script="KANNADA",
)

MALAYALAM = Tradition(
    language="ml",
    women=names(
        "Anjali=അഞ്ജലി Athira=ആതിര Reshma=രേഷ്മ Sreeja=ശ്രീജ Remya=രമ്യ Lekshmi=ലക്ഷ്മി Neethu=നീതു Parvathy=പാർവതി Bindu=ബിന്ദു"
    ),
    men=names(
        "Arun=അരുൺ Vishnu=വിഷ്ണു Sreejith=ശ്രീജിത്ത് Anoop=അനൂപ് Rahul=രാഹുൽ Jithin=ജിതിൻ Manoj=മനോജ് Renjith=രഞ്ജിത്ത് Biju=ബിജു"
    ),
    families=names(
        "Nair=നായർ Menon=മേനോൻ Pillai=പിള്ള Thomas=തോമസ് Varghese=വർഗീസ് Mathew=മാത്യു Kurup=കുറുപ്പ് Joseph=ജോസഫ് Nambiar=നമ്പ്യാർ"
    ),
    script="MALAYALAM",
)

GUJARATI = Tradition(
    language="gu",
    women=names("Hetal=હેતલ Krupa=કૃપા Jinal=જીનલ Bhumi=ભૂમિ Komal=કોમલ Dhara=ધારા Mital=મિતલ Riddhi=રિદ્ધિ Urvi=ઉર્વી"),
    men=names(
        "Jignesh=જીજ્ઞેશ Chirag=ચિરાગ Hardik=હાર્દિક Bhavesh=ભાવેશ Mehul=મેહુલ Parth=પાર્થ Dhaval=ધવલ Kalpesh=કલ્પેશ Nirav=નીરવ"
    ),
    families=names(
        "Patel=પટેલ Shah=શાહ Desai=દેસાઈ Mehta=મહેતા Parikh=પરીખ Trivedi=ત્રિવેદી Bhatt=ભટ્ટ Solanki=સોલંકી Vyas=વ્યાસ"
    ),
    script="GUJARATI",
)

PUNJABI = Tradition(
    language="pa",
    women=names("Harpreet=ਹਰਪ੍ਰੀਤ Simran=ਸਿਮਰਨ Jasleen=ਜਸਲੀਨ Manpreet=ਮਨਪ੍ਰੀਤ Navneet=ਨਵਨੀਤ Amrit=ਅੰਮ੍ਰਿਤ Kiran=ਕਿਰਨ"),
    men=names("Gurpreet=ਗੁਰਪ੍ਰੀਤ Jaspreet=ਜਸਪ੍ਰੀਤ Manjit=ਮਨਜੀਤ Sukhdev=ਸੁਖਦੇਵ Balwinder=ਬਲਵਿੰਦਰ Karan=ਕਰਨ Arjan=ਅਰਜਨ"),
    families=names("Singh=ਸਿੰਘ Gill=ਗਿੱਲ Dhillon=ਢਿੱਲੋਂ Sandhu=ਸੰਧੂ Grewal=ਗਰੇਵਾਲ Bains=ਬੈਂਸ Sidhu=ਸਿੱਧੂ Brar=ਬਰਾੜ"),
    families_of_women=names("Kaur=ਕੌਰ Kaur_Gill=ਕੌਰ_ਗਿੱਲ Kaur_Sandhu=ਕੌਰ_ਸੰਧੂ Kaur_Grewal=ਕੌਰ_ਗਰੇਵਾਲ Kaur_Brar=ਕੌਰ_ਬਰਾੜ"),
    script="GURMUKHI",
)

TRADITIONS = {
    "IN": (
        (9, HINDI),
        (3, MARATHI),
        (3, BENGALI),
        (4, TAMIL),
        (3, TELUGU),
        (2, KANNADA),
        (2, MALAYALAM),
        (2, GUJARATI),
        (1, PUNJABI),
    ),
}
